namespace Gateway.Core.Workloads;

/// <summary>How a container of a workload ended.</summary>
public sealed record LastEnd
{
    /// <summary>The pod that it was in; it may be gone.</summary>
    public required string Pod { get; init; }

    /// <summary>The container.</summary>
    public required string Container { get; init; }

    /// <summary>Its exit code: 0 is success, 137 is killed.</summary>
    public required int ExitCode { get; init; }

    /// <summary>The cluster's word for it, such as `Completed`, `Error` or `OOMKilled`.</summary>
    public string? Reason { get; init; }

    /// <summary>What the container wrote to its termination message file (`/dev/termination-log`), at most 1,024 characters and without environment values.</summary>
    public string? Message { get; init; }

    /// <summary>When it ended.</summary>
    public DateTime? EndedAt { get; init; }
}
