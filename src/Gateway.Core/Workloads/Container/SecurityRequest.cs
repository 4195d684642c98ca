using System.ComponentModel.DataAnnotations;

namespace Gateway.Core.Workloads;

/// <summary>As whom the pods run, and what they may do on their node. What the operator's policy does not allow is refused.</summary>
public sealed record SecurityRequest
{
    /// <summary>The user id of the processes, 0 or more; the image's own when left out.</summary>
    /// <example>1000</example>
    public long? RunAsUser { get; init; }

    /// <summary>The group id of the processes, 0 or more.</summary>
    public long? RunAsGroup { get; init; }

    /// <summary>Further groups of the processes.</summary>
    [MaxLength(100)]
    public IReadOnlyList<long> SupplementalGroups { get; init => field = value ?? []; } = [];

    /// <summary>The group that volumes are made to belong to.</summary>
    public long? FsGroup { get; init; }

    /// <summary>Whether a container that would run as user 0 is kept from starting.</summary>
    public bool? RunAsNonRoot { get; init; }

    /// <summary>Whether the container's own files cannot be changed.</summary>
    public bool? ReadOnlyRootFilesystem { get; init; }

    /// <summary>Whether processes may get more rights than those that started them.</summary>
    public bool? AllowPrivilegeEscalation { get; init; }

    /// <summary>Capabilities of Linux beside the usual ones, or without them.</summary>
    public CapabilityRequest? Capabilities { get; init; }

    /// <summary>`RuntimeDefault` or `Unconfined`.</summary>
    public string? SeccompProfile { get; init; }

    /// <summary>Whether the pods share the node's inter-process communication.</summary>
    public bool? HostIpc { get; init; }

    /// <summary>Whether the pods share the node's network.</summary>
    public bool? HostNetwork { get; init; }
}

/// <summary>Capabilities of Linux, named without `CAP_`.</summary>
public sealed record CapabilityRequest
{
    /// <summary>Those that are added.</summary>
    [MaxLength(100)]
    [MaxItemLength(32)]
    public IReadOnlyList<string> Add { get; init => field = value ?? []; } = [];

    /// <summary>Those that are taken away; `ALL` takes away all.</summary>
    [MaxLength(100)]
    [MaxItemLength(32)]
    public IReadOnlyList<string> Drop { get; init => field = value ?? []; } = [];
}
