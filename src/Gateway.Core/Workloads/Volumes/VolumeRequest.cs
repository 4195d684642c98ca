using System.ComponentModel.DataAnnotations;

namespace Gateway.Core.Workloads;

/// <summary>Files that the container sees at a path, from exactly one of the sources below.</summary>
public sealed record VolumeRequest
{
    /// <summary>Where the container sees it: an absolute path, unique in the submission.</summary>
    /// <example>/data</example>
    [MaxLength(1024)]
    public string? MountPath { get; init; }

    /// <summary>
    /// Whether the container cannot write there. Left out, it can, unless it is a path of the node that the operator
    /// allows for reading only.
    /// </summary>
    public bool? ReadOnly { get; init; }

    /// <summary>The part of the volume that is seen: a relative path without `..`. All of it when left out.</summary>
    [MaxLength(1024)]
    public string? SubPath { get; init; }

    /// <summary>`None` (also when left out) or `HostToContainer`.</summary>
    public string? MountPropagation { get; init; }

    /// <summary>A PersistentVolumeClaim that is there.</summary>
    public ClaimVolume? Claim { get; init; }

    /// <summary>A PersistentVolumeClaim that is made for the workload, and kept when that goes unless `ephemeral`.</summary>
    public NewClaimVolume? NewClaim { get; init; }

    /// <summary>A path of the node. Forbidden unless the operator allows it, or a folder above it.</summary>
    public HostPathVolume? HostPath { get; init; }

    /// <summary>A directory of an NFS server. Forbidden unless the operator allows it.</summary>
    public NfsVolume? Nfs { get; init; }

    /// <summary>An empty directory that lives as long as the pod.</summary>
    public EmptyDirVolume? EmptyDir { get; init; }

    /// <summary>The keys of a ConfigMap as files.</summary>
    public KeysVolume? ConfigMap { get; init; }

    /// <summary>The keys of a Secret as files.</summary>
    public KeysVolume? Secret { get; init; }

    /// <summary>A Git repository, cloned before the container starts: it is at `mountPath`, in a directory with the repository's name.</summary>
    public GitVolume? Git { get; init; }
}

/// <summary>A PersistentVolumeClaim that is there.</summary>
public sealed record ClaimVolume
{
    /// <summary>The claim's name.</summary>
    /// <example>datasets</example>
    public string? Name { get; init; }
}

/// <summary>A PersistentVolumeClaim to be made, shared by all pods of the workload.</summary>
public sealed record NewClaimVolume
{
    /// <summary>The claim's name; the workload's name, `-` and a number when left out. One of that name that the gateway made is used again.</summary>
    public string? Name { get; init; }

    /// <summary>How much it holds: a quantity.</summary>
    /// <example>100Gi</example>
    [MaxLength(20)]
    public string? Size { get; init; }

    /// <summary>The storage class; the cluster's default when left out.</summary>
    public string? StorageClass { get; init; }

    /// <summary>`ReadWriteOnce` (also when left out), `ReadWriteMany`, `ReadOnlyMany`, `ReadWriteOncePod`.</summary>
    [MaxLength(4)]
    public IReadOnlyList<string> AccessModes { get; init => field = value ?? []; } = [];

    /// <summary>Whether it goes with the workload. Otherwise it stays, with all that is in it.</summary>
    public bool? Ephemeral { get; init; }
}
