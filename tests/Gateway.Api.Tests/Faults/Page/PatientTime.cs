using Microsoft.Extensions.Time.Testing;

namespace Gateway.Api.Tests.Faults.Page;

/// <summary>A clock that stands still, and knows whether somebody waits for it for a short while, as whoever sends a call again does.</summary>
internal sealed class PatientTime() : FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero))
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);

    private int _waiting;

    public bool IsWaitedFor => Volatile.Read(ref _waiting) > 0;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= TimeSpan.Zero || dueTime > Short || period > TimeSpan.Zero)
            return base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref _waiting);
        var wait = new Wait(() => Interlocked.Decrement(ref _waiting));
        wait.Timer = base.CreateTimer(
            _ =>
            {
                wait.End();
                callback(state);
            },
            null, dueTime, period);
        return wait;
    }

    private sealed class Wait(Action ended) : ITimer
    {
        private int _ended;

        public ITimer? Timer { get; set; }

        public void End()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
                ended();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => Timer!.Change(dueTime, period);

        public void Dispose()
        {
            End();
            Timer?.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
