namespace Gateway.Core.Scheduling;

/// <summary>From what the scheduler reads to the field of the submission that it was made from; `**` is what both spell alike.</summary>
public static class SchedulingPath
{
    private const string Required = "requiredDuringSchedulingIgnoredDuringExecution";
    private const string Preferred = "preferredDuringSchedulingIgnoredDuringExecution";

    private static readonly SchedulerDialect[] Dialects = [SchedulerDialect.RunAi, SchedulerDialect.Kai];

    /// <summary>The fields of the pod template.</summary>
    public static IEnumerable<(string Field, string Path)> Rows =>
    [
        .. from dialect in Dialects select ($"metadata.labels[{dialect.NodePoolLabel}]", "scheduling.nodePool"),
        ($"metadata.annotations[{GpuKeys.Fraction}]", "gpu.fraction"),
        ($"metadata.annotations[{GpuKeys.Memory}]", "gpu.memory"),
        ($"metadata.annotations[{GpuKeys.Devices}]", "gpu.devices"),
        ($"spec.affinity.nodeAffinity.{Required}", "scheduling.nodeAffinity.required"),
        ($"spec.affinity.nodeAffinity.{Required}.nodeSelectorTerms**", "scheduling.nodeAffinity.required**"),
        ($"spec.affinity.nodeAffinity.{Preferred}**", "scheduling.nodeAffinity.preferred**"),
        ($"spec.affinity.podAffinity.{Required}", "scheduling.podAffinity.required"),
        ($"spec.affinity.podAffinity.{Preferred}", "scheduling.podAffinity.preferred"),
        ("spec.tolerations**", "scheduling.tolerations**"),
        ("spec.nodeSelector", "scheduling.nodeSelector"),
        ($"spec.nodeSelector[{SchedulingKeys.NodeType}]", "scheduling.nodeType"),
    ];

    /// <summary>The fields of the object itself.</summary>
    public static IEnumerable<(string Field, string Path)> OwnerRows =>
    [
        ($"metadata.labels[{SchedulerDialect.Kai.PriorityClassLabel}]", "scheduling.priorityClass"),
        ($"metadata.labels[{SchedulerDialect.Kai.PreemptibilityLabel}]", "scheduling.preemptible"),
        ($"metadata.annotations[{SchedulingKeys.Topology}]", "scheduling.topology.name"),
        ($"metadata.annotations[{SchedulingKeys.TopologyRequired}]", "scheduling.topology.required"),
        ($"metadata.annotations[{SchedulingKeys.TopologyPreferred}]", "scheduling.topology.preferred"),
        ($"metadata.annotations[{SchedulingKeys.MinMembers}]", "minMembers"),
    ];
}
