using k8s;
using k8s.Models;

namespace Gateway.Core.Manifests.Companions;

/// <summary>What the object that has a companion's name is to the workload that needs the companion.</summary>
public static class CompanionHolders
{
    /// <summary>Whether it was made for that workload: it is owned by it, or is a kept claim, which belongs to nobody, of the attempt that made it.</summary>
    public static bool IsPartOf(this IKubernetesObject<V1ObjectMeta> holder, IKubernetesObject<V1ObjectMeta> owner) =>
        holder.IsOfAttempt(owner) || holder.IsOwnedBy(reference => reference.Uid == owner.Metadata.Uid);

    /// <summary>Whether it is a claim that was kept: whatever the gateway makes next uses it again.</summary>
    public static bool IsReusableAs(this IKubernetesObject<V1ObjectMeta> holder, IKubernetesObject<V1ObjectMeta> companion) =>
        companion is V1PersistentVolumeClaim && holder.Metadata is { DeletionTimestamp: null, OwnerReferences: null or { Count: 0 } } && holder.IsManagedHere();

    /// <summary>Whether another workload uses it than the one that it was made for.</summary>
    public static bool IsShared(this V1PersistentVolumeClaim claim) => claim.GetAnnotation(OwnKeys.Shared) is not null;

    /// <summary>A merge patch that says so.</summary>
    public static object ToShared(this V1PersistentVolumeClaim claim) =>
        new { metadata = new { uid = claim.Metadata.Uid, annotations = new Dictionary<string, string> { [OwnKeys.Shared] = "true" } } };

    /// <summary>
    /// Whether it goes away by itself: an earlier workload of this name is gone, or has this name no longer, and the garbage collector is
    /// yet to take what it owned.
    /// </summary>
    public static bool IsLeaving(this IKubernetesObject<V1ObjectMeta> holder, string? name) =>
        holder.Metadata.DeletionTimestamp is not null || (holder.IsManagedHere() && holder.IsOwnedBy(reference => reference.Name == name));

    private static bool IsOwnedBy(this IKubernetesObject<V1ObjectMeta> holder, Func<V1OwnerReference, bool> owner) => holder.Metadata.OwnerReferences?.Any(owner) is true;
}
