namespace Gateway.Core.Workloads;

/// <summary>How often a train was tried.</summary>
public sealed record Attempts
{
    /// <summary>How many attempts failed. Those that were preempted, or ended by a drain or with their node, are not among them where the train has room for such.</summary>
    public required int Failed { get; init; }

    /// <summary>How many may fail before the workload is given up; left out where each index counts for itself.</summary>
    public int? Limit { get; init; }

    /// <summary>How many pods the scheduler stopped in favour of other workloads, as far as the cluster still tells and the gateway has seen.</summary>
    public required int Preempted { get; init; }
}

/// <summary>How far a deletion is.</summary>
public sealed record Deletion
{
    /// <summary>When it was asked for.</summary>
    public required DateTime RequestedAt { get; init; }

    /// <summary>How many pods are still there.</summary>
    public required int PodsRemaining { get; init; }

    /// <summary>What must be done by others before the object goes.</summary>
    public IReadOnlyList<string> Finalizers { get; init; } = [];

    /// <summary>When the workload was no longer there.</summary>
    public DateTime? CompletedAt { get; init; }
}
