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
}
