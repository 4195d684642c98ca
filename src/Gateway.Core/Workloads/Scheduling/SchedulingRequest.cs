using System.ComponentModel.DataAnnotations;

namespace Gateway.Core.Workloads;

/// <summary>When and where the scheduler runs the pods. What is left out is the scheduler's choice.</summary>
public sealed record SchedulingRequest
{
    /// <summary>The priority class: one that the scheduler has. It ignores others, so they are refused.</summary>
    /// <example>train</example>
    [MaxLength(63)]
    public string? PriorityClass { get; init; }

    /// <summary>Whether the scheduler may stop the pods for the sake of others. One that it may not stop runs only inside the project's quota.</summary>
    /// <example>true</example>
    public bool? Preemptible { get; init; }

    /// <summary>The node pool.</summary>
    /// <example>a100</example>
    [MaxLength(63)]
    public string? NodePool { get; init; }

    /// <summary>The type of node: the value of the nodes' label `run.ai/type`.</summary>
    /// <example>dgx</example>
    [MaxLength(63)]
    public string? NodeType { get; init; }

    /// <summary>Labels that a node must have.</summary>
    [MaxLength(100)]
    [MaxItemLength(63)]
    public IReadOnlyDictionary<string, string> NodeSelector { get; init => field = value ?? Nothing; } = Nothing;

    /// <summary>Which nodes the pods must or should be on, by the nodes' labels.</summary>
    public NodeAffinity? NodeAffinity { get; init; }

    /// <summary>Whether the workload's pods must or should be near each other.</summary>
    public PodAffinity? PodAffinity { get; init; }

    /// <summary>Taints of nodes that the pods bear, as in core/v1.</summary>
    [MaxLength(100)]
    public IReadOnlyList<Toleration> Tolerations { get; init => field = value ?? []; } = [];

    /// <summary>How near to each other the pods are in the cluster's network.</summary>
    public TopologyRequest? Topology { get; init; }

    private static IReadOnlyDictionary<string, string> Nothing { get; } = new Dictionary<string, string>();
}
