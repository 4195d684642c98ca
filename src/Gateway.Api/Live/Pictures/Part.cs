using Gateway.Api.Cluster.Watching;
using Gateway.Core.Manifests;
using Gateway.Core.Status;
using k8s;
using k8s.Models;

namespace Gateway.Api.Live.Pictures;

/// <summary>
/// One object of the cluster, as little of it as a workload is read from, and as its JSON, packed: a small fraction of what it takes as objects.
/// </summary>
/// <param name="Kind">The class of the object.</param>
/// <param name="Uid">Its uid.</param>
/// <param name="About">The uid of what it belongs to: of an event what it tells of, else its controller; its own where it has none.</param>
/// <param name="Version">Its resource version.</param>
/// <param name="Packed">What is kept of it.</param>
internal sealed record Part(Type Kind, string Uid, string About, long Version, byte[] Packed)
{
    /// <summary>The name of a workload; null for a part of one.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it is a pod of which a container has ended by itself.</summary>
    public bool ShowsAnEnd { get; init; }

    /// <summary>Whether it is an event of a pod that was stopped in favour of another workload.</summary>
    public bool IsPreemption { get; init; }

    /// <summary>Whether it is a workload, and not part of one.</summary>
    public bool IsOwner => Kind == typeof(V1Job) || Kind == typeof(V1StatefulSet);

    /// <summary>What is kept of an object; null where no workload is read from it.</summary>
    public static Part? Of(IKubernetesObject<V1ObjectMeta> source, string schedulerName) => source switch
    {
        V1Job or V1StatefulSet => source.PodTemplate().Spec.SchedulerName == schedulerName ? Of(source, source.Metadata.Uid, source.ToObserved()) with { Name = source.Metadata.Name } : null,
        ObservedPod pod => pod.Spec.SchedulerName == schedulerName && pod.GetController() is { } owner ? Of(pod, owner.Uid, pod) with { ShowsAnEnd = pod.ShowsAnEnd() } : null,
        ObservedEvent happened => happened.IsTelling() ? Of(happened, happened.InvolvedObject.Uid, happened) with { IsPreemption = happened.IsPreemption() } : null,
        PodGroup { Metadata.OwnerReferences: [var owner, ..] } group => Of(group, owner.Uid, group),
        PodGroup => null,
        _ => throw new ArgumentException($"{source.GetType().Name} is no part of a picture.", nameof(source)),
    };

    /// <summary>The object, as far as it was kept.</summary>
    public T Read<T>() => KubernetesJson.Deserialize<T>(PackedJson.Open(Packed));

    /// <summary>The object of a workload.</summary>
    public IKubernetesObject<V1ObjectMeta> ReadOwner() => Kind == typeof(V1Job) ? Read<V1Job>() : Read<V1StatefulSet>();

    private static Part Of(IKubernetesObject<V1ObjectMeta> source, string about, object kept) =>
        new(source.GetType(), source.Metadata.Uid, about, ResourceVersion.Of(source.Metadata.ResourceVersion), PackedJson.Pack(KubernetesJson.Serialize(kept)));
}
