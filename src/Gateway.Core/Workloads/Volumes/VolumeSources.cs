using System.ComponentModel.DataAnnotations;

namespace Gateway.Core.Workloads;

/// <summary>A path of the node.</summary>
public sealed record HostPathVolume
{
    /// <summary>
    /// The path on the node: absolute, without `..`. With a link on it that leads out of the folder that the operator
    /// allows, the container does not start.
    /// </summary>
    [MaxLength(1024)]
    public string? Path { get; init; }
}

/// <summary>A directory of an NFS server.</summary>
public sealed record NfsVolume
{
    /// <summary>The server's name or address.</summary>
    public string? Server { get; init; }

    /// <summary>The exported path: absolute.</summary>
    [MaxLength(1024)]
    public string? Path { get; init; }
}

/// <summary>An empty directory.</summary>
public sealed record EmptyDirVolume
{
    /// <summary>`Memory` keeps it in memory, which counts against the container's; on the node's disk when left out.</summary>
    public string? Medium { get; init; }

    /// <summary>How much it may hold: a quantity.</summary>
    [MaxLength(20)]
    public string? Size { get; init; }
}

/// <summary>The keys of a ConfigMap or Secret as files.</summary>
public sealed record KeysVolume
{
    /// <summary>The name of the ConfigMap or Secret.</summary>
    public string? Name { get; init; }

    /// <summary>The files' mode in octal, such as `"0644"`, which they have when it is left out.</summary>
    /// <example>0644</example>
    [MaxLength(5)]
    public string? Mode { get; init; }
}

/// <summary>A Git repository.</summary>
public sealed record GitVolume
{
    /// <summary>Its address: https.</summary>
    /// <example>https://github.com/example/training.git</example>
    [MaxLength(1024)]
    public string? Repository { get; init; }

    /// <summary>A branch, tag or commit; the default branch when left out.</summary>
    public string? Revision { get; init; }

    /// <summary>A Secret with the keys `username` and `password`, as `kubernetes.io/basic-auth` has them.</summary>
    public string? Secret { get; init; }
}

/// <summary>Shared memory at `/dev/shm`, which counts against the container's memory.</summary>
public sealed record SharedMemoryRequest
{
    /// <summary>How much at most: a quantity. Without, it may take half of the node's memory.</summary>
    /// <example>16Gi</example>
    [MaxLength(20)]
    public string? Size { get; init; }
}
