using System.ComponentModel.DataAnnotations;

namespace Gateway.Core.Workloads;

/// <summary>A taint of nodes that the pods bear, as in core/v1.</summary>
public sealed record Toleration
{
    /// <summary>The taint's key. Every taint when left out, with operator `Exists`.</summary>
    /// <example>nvidia.com/gpu</example>
    [MaxLength(LengthLimit.Key)]
    public string? Key { get; init; }

    /// <summary>`Equal` (also when left out): the taint has this value; `Exists`: it may have any.</summary>
    /// <example>Exists</example>
    public string? Operator { get; init; }

    /// <summary>The taint's value, with operator `Equal`.</summary>
    [MaxLength(63)]
    public string? Value { get; init; }

    /// <summary>`NoSchedule`, `PreferNoSchedule` or `NoExecute`; every effect when left out.</summary>
    /// <example>NoSchedule</example>
    public string? Effect { get; init; }

    /// <summary>With effect `NoExecute`: how long a pod stays on a node that gets the taint. For ever when left out, not at all with 0 or less.</summary>
    public long? TolerationSeconds { get; init; }
}
