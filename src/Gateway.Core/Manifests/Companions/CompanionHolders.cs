using k8s;
using k8s.Models;

namespace Gateway.Core.Manifests.Companions;

/// <summary>What the object that has a companion's name is to the workload that needs the companion.</summary>
public static class CompanionHolders
{
    /// <summary>Whether it serves that workload already: it is owned by it, or is a kept claim, which belongs to nobody.</summary>
    public static bool Serves(this IKubernetesObject<V1ObjectMeta> holder, IKubernetesObject<V1ObjectMeta> companion, IKubernetesObject<V1ObjectMeta> owner) =>
        companion.Metadata.OwnerReferences is null ? holder.IsReusableAs(companion) : holder.IsOwnedBy(reference => reference.Uid == owner.Metadata.Uid);

    /// <summary>Whether it is a claim that was kept: whatever the gateway makes next uses it again.</summary>
    public static bool IsReusableAs(this IKubernetesObject<V1ObjectMeta> holder, IKubernetesObject<V1ObjectMeta> companion) =>
        companion is V1PersistentVolumeClaim && holder.Metadata is { DeletionTimestamp: null, OwnerReferences: null or { Count: 0 } } && holder.IsManagedHere();

    /// <summary>
    /// Whether it goes away by itself: an earlier workload of this name is gone, or has this name no longer, and the garbage collector is
    /// yet to take what it owned.
    /// </summary>
    public static bool IsLeaving(this IKubernetesObject<V1ObjectMeta> holder, string? name) =>
        holder.Metadata.DeletionTimestamp is not null || (holder.IsManagedHere() && holder.IsOwnedBy(reference => reference.Name == name));

    private static bool IsOwnedBy(this IKubernetesObject<V1ObjectMeta> holder, Func<V1OwnerReference, bool> owner) => holder.Metadata.OwnerReferences?.Any(owner) is true;
}
