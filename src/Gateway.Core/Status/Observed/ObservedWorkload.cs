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
    public IReadOnlyList<ObservedPod> Pods { get; init; } = [];

    /// <summary>The pod of those that are gone in which a container ended last by itself, as it was before it was told to go; null where nobody saw it.</summary>
    public ObservedPod? LastGone { get; init; }

    /// <summary>The events of the owner, its pods and its pod groups, as far as they are known.</summary>
    public IReadOnlyList<ObservedEvent> Events { get; init; } = [];

    /// <summary>The scheduler's pod groups of the workload, where there are any: one of a build, one for each pod of a train, of those that are gone too.</summary>
    public IReadOnlyList<PodGroup> PodGroups { get; init; } = [];
}
