using System.ComponentModel.DataAnnotations;

namespace Gateway.Core.Workloads;

/// <summary>The workload's pods near each other: exactly one of `required` and `preferred`, each the key of a label that nodes near each other share.</summary>
public sealed record PodAffinity
{
    /// <summary>All pods are on nodes with the same value of this label.</summary>
    /// <example>kubernetes.io/hostname</example>
    [MaxLength(LengthLimit.Key)]
    public string? Required { get; init; }

    /// <summary>If it can be, all pods are on nodes with the same value of this label.</summary>
    /// <example>topology.kubernetes.io/zone</example>
    [MaxLength(LengthLimit.Key)]
    public string? Preferred { get; init; }
}
