using System.ComponentModel.DataAnnotations;

namespace Gateway.Core.Workloads;

/// <summary>How much of a resource each pod gets, and how much it may take at most: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/</summary>
public sealed record ResourceRange
{
    /// <summary>What the pod gets: a quantity such as `500m` or `16Gi`, at most `limit`.</summary>
    /// <example>4</example>
    [MaxLength(20)]
    public string? Request { get; init; }

    /// <summary>What it may take at most: a quantity.</summary>
    /// <example>8</example>
    [MaxLength(20)]
    public string? Limit { get; init; }
}
