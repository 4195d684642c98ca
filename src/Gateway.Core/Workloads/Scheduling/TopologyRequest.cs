using System.ComponentModel.DataAnnotations;

namespace Gateway.Core.Workloads;

/// <summary>Pods near each other in a topology that the cluster's operator described: `required` or `preferred`, or both.</summary>
public sealed record TopologyRequest
{
    /// <summary>The topology's name.</summary>
    /// <example>cluster-topology</example>
    public string? Name { get; init; }

    /// <summary>The level, by its node label, inside which all pods must be.</summary>
    /// <example>topology.kubernetes.io/zone</example>
    [MaxLength(LengthLimit.Key)]
    public string? Required { get; init; }

    /// <summary>The level, by its node label, inside which all pods should be.</summary>
    /// <example>kubernetes.io/hostname</example>
    [MaxLength(LengthLimit.Key)]
    public string? Preferred { get; init; }
}
