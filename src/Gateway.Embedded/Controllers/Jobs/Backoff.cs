namespace Gateway.Embedded.Controllers.Jobs;

/// <summary>How long a Job waits before it replaces a failed pod: ten seconds, doubled with each failure in a row, ten minutes at most.</summary>
internal sealed class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private readonly HashSet<string> seen = [];
    private readonly Dictionary<int, int> byIndex = [];
    private int failures;
    private DateTimeOffset lastFailure;

    /// <summary>How often in a row its pods could not be made.</summary>
    public int Refusals { get; set; }

    /// <summary>Takes note of pods that have ended, in the order in which they did.</summary>
    public void Note(FailurePolicy policy, IEnumerable<PodView> ended, DateTimeOffset now)
    {
        foreach (var pod in ended.Where(pod => seen.Add(pod.Stored.Uid)).OrderBy(pod => pod.FinishedAt ?? now))
        {
            failures = pod.Phase == "Succeeded" ? 0 : failures + 1;
            if (failures > 0) lastFailure = pod.FinishedAt ?? now;
            if (failures > 0 && JobCount.IndexOf(pod) is { } index && !policy.Ignores(pod)) byIndex[index] = policy.FailsIndex(pod) ? int.MaxValue : FailuresOf(index) + 1;
        }
    }

    public int FailuresOf(int? index) => index is { } number ? byIndex.GetValueOrDefault(number) : 0;

    public SortedSet<int> IndexesOver(long limit) => [.. byIndex.Where(entry => entry.Value > limit).Select(entry => entry.Key)];

    public TimeSpan Remaining(DateTimeOffset now)
    {
        if (failures == 0) return TimeSpan.Zero;
        var delay = Math.Min(First.TotalSeconds * Math.Pow(2, failures - 1), Longest.TotalSeconds);
        return lastFailure + TimeSpan.FromSeconds(delay) - now;
    }

    /// <summary>How long to wait before pods are tried again that were refused: a second, doubled each time, a minute at most.</summary>
    public TimeSpan NextTry() => TimeSpan.FromSeconds(Math.Min(60, Math.Pow(2, Math.Min(Refusals++, 6))));
}
