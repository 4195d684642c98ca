using System.Collections.Concurrent;

namespace Gateway.Embedded.Clockwork;

/// <summary>Notes keys for a controller later on the cluster's clock; of two wishes for one key the earlier counts.</summary>
internal sealed class Alarms<T>(TimeProvider time, Action<T> ring) where T : notnull
{
    private readonly ConcurrentDictionary<T, Alarm> set = new();

    public void Set(T key, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            Ring(key);
            return;
        }
        var due = time.GetUtcNow() + delay;
        var alarm = set.GetOrAdd(key, _ => new Alarm());
        lock (alarm)
        {
            if (alarm.Timer is not null && alarm.Due <= due) return;
            alarm.Timer?.Dispose();
            (alarm.Due, alarm.Timer) = (due, time.CreateTimer(_ => Ring(key), null, delay, Timeout.InfiniteTimeSpan));
        }
    }

    private void Ring(T key)
    {
        if (set.TryRemove(key, out var alarm))
            lock (alarm) alarm.Timer?.Dispose();
        ring(key);
    }

    private sealed class Alarm
    {
        public DateTimeOffset Due { get; set; }
        public ITimer? Timer { get; set; }
    }
}
