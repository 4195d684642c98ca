using System.Collections.Concurrent;

namespace Gateway.Api.Identity;

/// <summary>
/// Answers that hold for a short while. At most <paramref name="capacity"/> are kept, and those that nobody asked for longest go
/// first; who asks the same at the same time waits for one answer.
/// </summary>
internal sealed class RecentAnswers<TKey, TAnswer>(int capacity, TimeProvider time)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Lazy<Task<TAnswer>>> _asking = new();
    private readonly Lock _gate = new();
    private Dictionary<TKey, Held> _young = [];
    private Dictionary<TKey, Held> _old = [];

    /// <summary>The answer that holds now, or the one that is got by asking; <paramref name="life"/> says how long that holds then, zero for not at all.</summary>
    public async ValueTask<TAnswer> GetAsync(TKey key, Func<Task<TAnswer>> ask, Func<TAnswer, TimeSpan> life, CancellationToken cancellationToken)
    {
        if (TryGet(key, out var held))
            return held;
        // One asks for all: none of those who wait can end it for the others.
        var asking = _asking.GetOrAdd(key, _ => new(() => AskAsync(key, ask, life)));
        return await asking.Value.WaitAsync(cancellationToken);
    }

    /// <summary>The answer that holds now.</summary>
    public bool TryGet(TKey key, out TAnswer answer)
    {
        lock (_gate)
        {
            var found = _young.TryGetValue(key, out var held) || _old.TryGetValue(key, out held);
            if (found)
                Keep(key, held!);
            answer = found ? held!.Answer : default!;
            return found && time.GetUtcNow() < held!.Until;
        }
    }

    /// <summary>Keeps an answer for as long as it holds.</summary>
    public void Set(TKey key, TAnswer answer, TimeSpan life)
    {
        lock (_gate)
            Keep(key, new(answer, time.GetUtcNow() + life));
    }

    /// <summary>Forgets an answer.</summary>
    public void Remove(TKey key)
    {
        lock (_gate)
        {
            _young.Remove(key);
            _old.Remove(key);
        }
    }

    private async Task<TAnswer> AskAsync(TKey key, Func<Task<TAnswer>> ask, Func<TAnswer, TimeSpan> life)
    {
        try
        {
            var answer = await ask();
            if (life(answer) is { Ticks: > 0 } some)
                Set(key, answer, some);
            return answer;
        }
        finally
        {
            _asking.TryRemove(key, out _);
        }
    }

    // Two generations: what is used moves to the young one, and when that is full the old one goes as a whole.
    private void Keep(TKey key, Held held)
    {
        _young[key] = held;
        if (_young.Count < capacity / 2)
            return;
        (_old, _young) = (_young, []);
    }

    private sealed record Held(TAnswer Answer, DateTimeOffset Until);
}
