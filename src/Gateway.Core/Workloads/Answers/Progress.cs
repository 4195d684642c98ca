namespace Gateway.Core.Workloads;

/// <summary>How often a train was tried.</summary>
public sealed record Attempts
{
    /// <summary>How many attempts failed.</summary>
    public required int Failed { get; init; }

    /// <summary>How many may fail before the workload is given up; left out where each index counts for itself.</summary>
    public int? Limit { get; init; }
}

/// <summary>How far a deletion is.</summary>
public sealed record Deletion
{
    /// <summary>When it was asked for.</summary>
    public required DateTime RequestedAt { get; init; }

    /// <summary>How many pods are still there. Absent where the caller may not list pods.</summary>
    public int? PodsRemaining { get; init; }

    /// <summary>What must be done by others before the object goes.</summary>
    public IReadOnlyList<string> Finalizers { get; init; } = [];

    /// <summary>When the workload was no longer there.</summary>
    public DateTime? CompletedAt { get; init; }
}
