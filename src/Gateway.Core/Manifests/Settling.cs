using k8s;
using k8s.Models;

namespace Gateway.Core.Manifests;

/// <summary>
/// A submission whose object was created and whose companions were not all made is completed, or undone. Two gateways may be at it at the
/// same time, so it is written on the object which of the two it is, by a merge patch that names the version it goes by: the first one
/// decides. See docs/decisions/0005-companions.md.
/// </summary>
public static class Settling
{
    private const string Completed = "completed";
    private const string Undone = "undone";

    /// <summary>Whether it was completed by another submission than the one that created the object, which was told that it is there.</summary>
    public static bool IsCompleted(this IKubernetesObject<V1ObjectMeta> owner) => owner.GetAnnotation(OwnKeys.Settled) == Completed;

    /// <summary>Whether it is being undone: nobody was told that it is there, and nobody is to be.</summary>
    public static bool IsUndone(this IKubernetesObject<V1ObjectMeta> owner) => owner.GetAnnotation(OwnKeys.Settled) == Undone;

    /// <summary>What says that it was completed.</summary>
    public static object ToCompleted(this IKubernetesObject<V1ObjectMeta> owner) => Patch(owner, Completed);

    /// <summary>What says that it is undone.</summary>
    public static object ToUndone(this IKubernetesObject<V1ObjectMeta> owner) => Patch(owner, Undone);

    private static object Patch(IKubernetesObject<V1ObjectMeta> owner, string settled) => new
    {
        metadata = new { uid = owner.Metadata.Uid, resourceVersion = owner.Metadata.ResourceVersion, annotations = new Dictionary<string, string> { [OwnKeys.Settled] = settled } },
    };
}
