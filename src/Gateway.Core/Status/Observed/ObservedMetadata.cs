using Gateway.Core.Manifests;
using k8s;
using k8s.Models;

namespace Gateway.Core.Status;

/// <summary>Metadata without what nobody reads and what is larger than all the rest.</summary>
public static class ObservedMetadata
{
    /// <summary>A Job or StatefulSet as it is kept: whole, but for what its metadata can do without.</summary>
    public static IKubernetesObject<V1ObjectMeta> ToObserved(this IKubernetesObject<V1ObjectMeta> owner) => owner switch
    {
        V1Job job => job with { Metadata = job.Metadata.ToObserved() },
        V1StatefulSet set => set with { Metadata = set.Metadata.ToObserved() },
        _ => throw new ArgumentException($"A {owner.Kind} is no workload.", nameof(owner)),
    };

#pragma warning disable RS0030 // Here they are left out.
    internal static V1ObjectMeta ToObserved(this V1ObjectMeta? metadata) => metadata switch
    {
        null => new(),
        { ManagedFields: null } when !metadata.IsKeptByKubectl() => metadata,
        _ => metadata with
        {
            ManagedFields = null,
            Annotations = metadata.Annotations?.Where(entry => entry.Key != PortableManifest.LastApplied).ToDictionary(),
        },
    };
#pragma warning restore RS0030

    private static bool IsKeptByKubectl(this V1ObjectMeta metadata) => metadata.Annotations?.ContainsKey(PortableManifest.LastApplied) == true;
}
