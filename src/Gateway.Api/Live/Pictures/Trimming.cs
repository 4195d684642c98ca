using Gateway.Core.Logs;
using Gateway.Core.Scheduling;
using k8s;
using k8s.Models;

namespace Gateway.Api.Live.Pictures;

/// <summary>Leaves out what nothing reads. A pod that is given is changed.</summary>
internal static class Trimming
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    internal static IKubernetesObject<V1ObjectMeta> Trimmed(this IKubernetesObject<V1ObjectMeta> owner) => owner switch
    {
        V1Job job => job with { Metadata = job.Metadata.Trimmed() },
        V1StatefulSet set => set with { Metadata = set.Metadata.Trimmed() },
        _ => throw new ArgumentException($"{owner.GetType().Name} is no workload.", nameof(owner)),
    };

    internal static V1Pod Trimmed(this V1Pod pod)
    {
        pod.Metadata = pod.Metadata.Trimmed();
        pod.Spec = new()
        {
            NodeName = pod.Spec.NodeName,
            Containers = Trimmed(pod.Spec.Containers),
            InitContainers = pod.Spec.InitContainers is { } init ? Trimmed(init) : null,
        };
        foreach (var status in (pod.Status?.ContainerStatuses ?? []).Concat(pod.Status?.InitContainerStatuses ?? []))
            status.Trim();
        if (pod.Status is { } running)
            (running.HostIP, running.HostIPs, running.PodIP, running.PodIPs, running.QosClass) = (null, null, null, null, null);
        return pod;
    }

    internal static Corev1Event Trimmed(this Corev1Event happened) => new()
    {
        Metadata = new() { Name = happened.Metadata.Name, NamespaceProperty = happened.Metadata.NamespaceProperty, Uid = happened.Metadata.Uid },
        InvolvedObject = happened.InvolvedObject,
        Type = happened.Type,
        Reason = happened.Reason,
        Message = happened.Message,
        FirstTimestamp = happened.FirstTimestamp,
        LastTimestamp = happened.LastTimestamp,
        EventTime = happened.EventTime,
        Series = happened.Series,
    };

    // Of the ids of containers, as much as names the runs whose logs are read.
    private static void Trim(this V1ContainerStatus status)
    {
        status.ContainerID = ContainerRuns.NameOf(status.ContainerID ?? "");
        foreach (var ended in new[] { status.State?.Terminated, status.LastState?.Terminated }.OfType<V1ContainerStateTerminated>())
            ended.ContainerID = ContainerRuns.NameOf(ended.ContainerID ?? "");
        (status.ImageID, status.AllocatedResources, status.Resources, status.VolumeMounts) = ("", null, null, null);
    }

    private static List<V1Container> Trimmed(IEnumerable<V1Container> containers) =>
    [
        .. containers.Select(one => new V1Container
        {
            Name = one.Name,
            Image = one.Image,
            Resources = Trimmed(one.Resources),
            StartupProbe = one.StartupProbe,
            ReadinessProbe = one.ReadinessProbe,
            RestartPolicy = one.RestartPolicy,
        }),
    ];

    private static V1ResourceRequirements? Trimmed(V1ResourceRequirements? resources) =>
        resources?.Limits?.Where(limit => GpuKeys.IsLimit(limit.Key)).ToDictionary() is { Count: > 0 } limits ? new() { Limits = limits } : null;

    // The environment of the owner stays: without its values they could not be left out of what the cluster says.
    private static V1ObjectMeta Trimmed(this V1ObjectMeta metadata) => metadata with
    {
        ManagedFields = null,
        Annotations = metadata.Annotations?.ContainsKey(LastApplied) == true ? metadata.Annotations.Where(one => one.Key != LastApplied).ToDictionary() : metadata.Annotations,
    };
}
