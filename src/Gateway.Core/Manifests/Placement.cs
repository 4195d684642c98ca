using Gateway.Core.Scheduling;

namespace Gateway.Core.Manifests;

/// <summary>Where a submission goes, and whose it is: all that a manifest needs besides the submission itself.</summary>
public sealed record Placement
{
    /// <summary>The project's namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The queue that the project is, for schedulers that want it named.</summary>
    public required string Queue { get; init; }

    /// <summary>The scheduler's words.</summary>
    public required SchedulerDialect Dialect { get; init; }

    /// <summary>The caller's name.</summary>
    public required string SubmittedBy { get; init; }

    /// <summary>The person to show as its owner where the submission names none.</summary>
    public string? DefaultUser { get; init; }

    /// <summary>The fingerprint of what the caller asked for, before anything was filled in.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The hash of the idempotency key, when the caller sent one.</summary>
    public string? KeyHash { get; init; }

    /// <summary>What tells this attempt to create the object from any other one.</summary>
    public string? Attempt { get; init; }
}
