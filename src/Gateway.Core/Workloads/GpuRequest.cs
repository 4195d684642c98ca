namespace Gateway.Core.Workloads;

/// <summary>The share of GPUs that each pod gets: exactly one of `count` and `fraction`.</summary>
public sealed record GpuRequest
{
    /// <summary>Whole GPUs, 0 or more. 0 is the same as asking for none.</summary>
    /// <example>1</example>
    public int? Count { get; init; }

    /// <summary>A part of one GPU: more than 0, less than 1, at most two decimals.</summary>
    /// <example>0.5</example>
    public decimal? Fraction { get; init; }
}
