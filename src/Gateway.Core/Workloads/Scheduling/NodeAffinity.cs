using System.ComponentModel.DataAnnotations;

namespace Gateway.Core.Workloads;

/// <summary>Which nodes the pods must or should be on.</summary>
public sealed record NodeAffinity
{
    /// <summary>A node must fit one of these terms.</summary>
    [MaxLength(100)]
    public IReadOnlyList<NodeSelectorTerm> Required { get; init => field = value ?? []; } = [];

    /// <summary>Of the nodes that will do, the one with the most weight is taken.</summary>
    [MaxLength(100)]
    public IReadOnlyList<PreferredNodes> Preferred { get; init => field = value ?? []; } = [];
}

/// <summary>What a node's labels are: all expressions hold.</summary>
public sealed record NodeSelectorTerm
{
    /// <summary>One or more expressions.</summary>
    [MaxLength(100)]
    public IReadOnlyList<NodeSelectorRequirement> MatchExpressions { get; init => field = value ?? []; } = [];
}

/// <summary>What one label of a node is.</summary>
public sealed record NodeSelectorRequirement
{
    /// <summary>The label's key.</summary>
    /// <example>nvidia.com/gpu.product</example>
    [MaxLength(LengthLimit.Key)]
    public string? Key { get; init; }

    /// <summary>`In`, `NotIn`, `Exists`, `DoesNotExist`, `Gt` or `Lt`.</summary>
    /// <example>In</example>
    public string? Operator { get; init; }

    /// <summary>With `In` and `NotIn` one or more values, with `Gt` and `Lt` exactly one whole number, with the others none.</summary>
    [MaxLength(1000)]
    [MaxItemLength(63)]
    public IReadOnlyList<string> Values { get; init => field = value ?? []; } = [];
}

/// <summary>Nodes that are preferred.</summary>
public sealed record PreferredNodes
{
    /// <summary>How much they are preferred: 1 to 100.</summary>
    /// <example>50</example>
    public int? Weight { get; init; }

    /// <summary>What their labels are.</summary>
    public NodeSelectorTerm? Preference { get; init; }
}
