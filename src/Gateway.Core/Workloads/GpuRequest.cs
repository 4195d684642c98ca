using System.ComponentModel.DataAnnotations;

namespace Gateway.Core.Workloads;

/// <summary>The share of GPUs that each pod gets: exactly one of `count`, `fraction`, `memory` and `mig`.</summary>
public sealed record GpuRequest
{
    /// <summary>Whole GPUs, 0 or more. 0 is the same as asking for none.</summary>
    /// <example>1</example>
    public int? Count { get; init; }

    /// <summary>A part of one GPU: more than 0, less than 1, at most two decimals.</summary>
    /// <example>0.5</example>
    public decimal? Fraction { get; init; }

    /// <summary>Memory of a GPU: a quantity, rounded up to whole MiB.</summary>
    [MaxLength(20)]
    public string? Memory { get; init; }

    /// <summary>A MIG profile, such as `1g.5gb`.</summary>
    [MaxLength(20)]
    public string? Mig { get; init; }

    /// <summary>With `fraction` or `memory`: of how many GPUs each pod gets such a share, 1 or more. 1 when left out.</summary>
    public int? Devices { get; init; }
}
