namespace Gateway.Core.Workloads;

/// <summary>One pod of a workload.</summary>
public sealed record PodStatus
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its index in a build or in an indexed train.</summary>
    public int? Index { get; init; }

    /// <summary>`Pending`, `Running`, `Succeeded`, `Failed`; `Terminating` once it was told to end; `Unknown` when its node does not answer.</summary>
    public required string Phase { get; init; }

    /// <summary>The node that it was given.</summary>
    public string? Node { get; init; }

    /// <summary>Whether it is ready for use.</summary>
    public required bool Ready { get; init; }

    /// <summary>How often its containers were started again.</summary>
    public required int Restarts { get; init; }

    /// <summary>The first start of its containers that can still be seen.</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>The exit code of its container's last end; left out while it runs.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Why it is not running, or how it ended.</summary>
    public Reason? Reason { get; init; }
}
