using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace Gateway.Core.Status;

/// <summary>
/// A pod with no more members than a workload is read from, under their names in core/v1. It is all that is parsed, watched and kept
/// of a pod, so that nothing can be read here that a cache has left out.
/// </summary>
public sealed record ObservedPod : IKubernetesObject<V1ObjectMeta>
{
    /// <summary>`v1`.</summary>
    [JsonIgnore]
    public string ApiVersion { get; set; } = V1Pod.KubeApiVersion;

    /// <summary>`Pod`.</summary>
    [JsonIgnore]
    public string Kind { get; set; } = V1Pod.KubeKind;

    /// <summary>Its name, owner, times, labels and annotations.</summary>
    public V1ObjectMeta Metadata { get; set => field = value.ToObserved(); } = new();

    /// <summary>What it is to run, and where.</summary>
    public ObservedPodSpec Spec { get; init => field = value ?? new(); } = new();

    /// <summary>What its node and its controllers say of it.</summary>
    public ObservedPodStatus Status { get; init => field = value ?? new(); } = new();

    /// <summary>A pod as it was read elsewhere.</summary>
    public static ObservedPod Of(V1Pod pod) => KubernetesJson.Deserialize<ObservedPod>(KubernetesJson.Serialize(pod));
}

/// <summary>What a pod is to run, and where.</summary>
public sealed record ObservedPodSpec
{
    /// <summary>The scheduler that gives it a node.</summary>
    public string? SchedulerName { get; init; }

    /// <summary>The node that it was given.</summary>
    public string? NodeName { get; init; }

    /// <summary>`Always`, `OnFailure` or `Never`.</summary>
    public string? RestartPolicy { get; init; }

    /// <summary>Its main containers.</summary>
    public IReadOnlyList<ObservedContainer> Containers { get; init => field = value ?? []; } = [];

    /// <summary>Those that run before the main ones.</summary>
    public IReadOnlyList<ObservedContainer> InitContainers { get; init => field = value ?? []; } = [];

    /// <summary>Those that were added for debugging.</summary>
    public IReadOnlyList<ObservedContainer> EphemeralContainers { get; init => field = value ?? []; } = [];
}

/// <summary>What is said of a pod.</summary>
public sealed record ObservedPodStatus
{
    /// <summary>`Pending`, `Running`, `Succeeded`, `Failed` or `Unknown`.</summary>
    public string? Phase { get; init; }

    /// <summary>Why it is in that phase, in a word, such as `Evicted`.</summary>
    public string? Reason { get; init; }

    /// <summary>The same in a sentence.</summary>
    public string? Message { get; init; }

    /// <summary>When its node took it.</summary>
    public DateTime? StartTime { get; init; }

    /// <summary>One condition of each type.</summary>
    public IReadOnlyList<ObservedPodCondition> Conditions { get; init => field = value ?? []; } = [];

    /// <summary>The main containers.</summary>
    public IReadOnlyList<ObservedContainerStatus> ContainerStatuses { get; init => field = value ?? []; } = [];

    /// <summary>The init containers.</summary>
    public IReadOnlyList<ObservedContainerStatus> InitContainerStatuses { get; init => field = value ?? []; } = [];

    /// <summary>The containers for debugging.</summary>
    public IReadOnlyList<ObservedContainerStatus> EphemeralContainerStatuses { get; init => field = value ?? []; } = [];
}

/// <summary>Whether something holds for a pod.</summary>
public sealed record ObservedPodCondition
{
    /// <summary>What holds, such as `Ready`.</summary>
    public string? Type { get; init; }

    /// <summary>`True`, `False` or `Unknown`.</summary>
    public string? Status { get; init; }

    /// <summary>Why, in a word.</summary>
    public string? Reason { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public string? Message { get; init; }

    /// <summary>Since when.</summary>
    public DateTime? LastTransitionTime { get; init; }
}
