using Gateway.Core.Logs;
using k8s;
using k8s.Models;

namespace Gateway.Api.Live.Pictures;

/// <summary>Leaves out what nothing reads. It changes the object that is given.</summary>
internal static class Trimming
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    internal static IKubernetesObject<V1ObjectMeta> Trimmed(this IKubernetesObject<V1ObjectMeta> owner)
    {
        owner.Metadata.Trim();
        return owner;
    }

    internal static V1Pod Trimmed(this V1Pod pod)
    {
        pod.Metadata.Trim();
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
        [.. containers.Select(one => new V1Container { Name = one.Name, Image = one.Image, StartupProbe = one.StartupProbe, ReadinessProbe = one.ReadinessProbe, RestartPolicy = one.RestartPolicy })];

    // The environment of the owner stays: without its values they could not be left out of what the cluster says.
    private static void Trim(this V1ObjectMeta metadata)
    {
        metadata.ManagedFields = null;
        metadata.Annotations?.Remove(LastApplied);
    }
}
