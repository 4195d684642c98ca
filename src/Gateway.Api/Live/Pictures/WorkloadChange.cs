namespace Gateway.Api.Live.Pictures;

/// <summary>
/// A change of one workload in a picture, and the way to the next one. A reader keeps the last that it was told of, and so those after it,
/// once for all readers; what everybody was told of is kept by nobody.
/// </summary>
internal sealed class WorkloadChange(long number, PicturedWorkload? before, PicturedWorkload? after)
{
    private volatile WorkloadChange? _next;

    /// <summary>Its place among all changes.</summary>
    public long Number => number;

    /// <summary>Before any change.</summary>
    public static WorkloadChange None() => new(0, null, null);

    /// <summary>Notes the change after it.</summary>
    public WorkloadChange Then(PicturedWorkload? was, PicturedWorkload? now) => _next = new(number + 1, was, now);

    /// <summary>What has changed after it, up to another one: each workload once, as it was and as it is now; null where there was, or is, none.</summary>
    public IReadOnlyCollection<(PicturedWorkload? Before, PicturedWorkload? After)> Until(WorkloadChange last)
    {
        if (_next == last)
            return [(last.Before, last.After)];
        var changed = new Dictionary<string, (PicturedWorkload? Before, PicturedWorkload? After)>();
        for (var change = this; change != last;)
        {
            change = change._next!;
            changed[change.Uid] = (changed.TryGetValue(change.Uid, out var earlier) ? earlier.Before : change.Before, change.After);
        }
        return changed.Values;
    }

    private PicturedWorkload? Before => before;

    private PicturedWorkload? After => after;

    private string Uid => (after ?? before)!.Uid;
}
