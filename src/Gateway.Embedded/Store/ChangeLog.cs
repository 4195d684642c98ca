namespace Gateway.Embedded.Store;

/// <summary>What happened to an object: nothing before is a creation, nothing after a removal.</summary>
/// <param name="Version">The resource version of the change.</param>
/// <param name="Before">The object before, or null where it was created.</param>
/// <param name="After">The object after; where it was removed, its last state with the version of the removal.</param>
/// <param name="Removed">Whether the object is gone.</param>
internal sealed record Change(long Version, StoredObject? Before, StoredObject After, bool Removed)
{
    public bool Equals(Change? other) => Version == other?.Version;

    public override int GetHashCode() => Version.GetHashCode();
}

/// <summary>The latest changes of one resource type. Watchers read from it at their own pace, so a slow one costs nothing.</summary>
internal sealed class ChangeLog(int capacity, long horizon)
{
    private readonly Lock gate = new();
    private readonly List<Change> changes = [];
    private TaskCompletionSource arrival = Signal();

    /// <summary>The newest version whose change may no longer be known.</summary>
    public long Horizon { get; private set; } = horizon;

    public void Append(Change change)
    {
        TaskCompletionSource arrived;
        lock (gate)
        {
            if (changes.Count == 2 * capacity) Drop(capacity);
            changes.Add(change);
            (arrived, arrival) = (arrival, Signal());
        }
        arrived.SetResult();
    }

    /// <summary>The changes after a version, or null where some of them are no longer known; <paramref name="next"/> ends with the next change.</summary>
    public IReadOnlyList<Change>? After(long version, out Task next)
    {
        lock (gate)
        {
            next = arrival.Task;
            return version < Horizon ? null : changes.GetRange(Position(version), changes.Count - Position(version));
        }
    }

    /// <summary>Forgets what it knows, as a compaction does: who reads from an older version is told that it is gone.</summary>
    public void Forget(long version)
    {
        lock (gate)
        {
            changes.Clear();
            Horizon = Math.Max(Horizon, version);
        }
    }

    private void Drop(int count)
    {
        Horizon = changes[count - 1].Version;
        changes.RemoveRange(0, count);
    }

    /// <summary>Where the first change after a version stands.</summary>
    private int Position(long version)
    {
        var (low, high) = (0, changes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (changes[middle].Version <= version) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
