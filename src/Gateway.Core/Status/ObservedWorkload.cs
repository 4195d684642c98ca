using Gateway.Core.Scheduling;
using k8s;
using k8s.Models;

namespace Gateway.Core.Status;

/// <summary>What the cluster shows of one workload at one moment: all that its status is read from.</summary>
public sealed record ObservedWorkload
{
    /// <summary>The Job or StatefulSet.</summary>
    public required IKubernetesObject<V1ObjectMeta> Owner { get; init; }

    /// <summary>The words of the scheduler that runs it.</summary>
    public SchedulerDialect Dialect { get; init; } = SchedulerDialect.RunAi;

    /// <summary>The owner's pods, and no others.</summary>
    public IReadOnlyList<V1Pod> Pods { get; init; } = [];

    /// <summary>The events of the owner, its pods and its pod group, as far as they are known.</summary>
    public IReadOnlyList<Corev1Event> Events { get; init; } = [];

    /// <summary>The scheduler's pod group of the workload, where there is one.</summary>
    public PodGroup? PodGroup { get; init; }

    /// <summary>The phase, where what it is read from is left out; null where it is read from what is here.</summary>
    public string? KnownPhase { get; init; }

    /// <summary>
    /// For who may not list pods: without them, and without what events and the pod group tell. The phase stays, a word on all pods
    /// together, so that a workload is in the same phase for everybody.
    /// </summary>
    public ObservedWorkload WithoutPods() => this with { Pods = [], Events = [], PodGroup = null, KnownPhase = this.Phase() };

    /// <summary>For who submitted it and may not get it: the object as it was asked for, and nothing of what became of it.</summary>
    public ObservedWorkload AsSubmitted() => WithoutPods() with { Owner = Owner.AsSubmitted(), KnownPhase = Status.Phase.Unknown };
}
