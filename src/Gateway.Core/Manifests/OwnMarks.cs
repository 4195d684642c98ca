using k8s;
using k8s.Models;

namespace Gateway.Core.Manifests;

/// <summary>What the gateway wrote on an object, read back.</summary>
public static class OwnMarks
{
    /// <summary>Whether the gateway made it.</summary>
    public static bool IsManagedHere(this IMetadata<V1ObjectMeta> made) => made.Metadata.Labels?.GetValueOrDefault(OwnKeys.ManagedBy) == OwnKeys.ManagedByGateway;

    /// <summary>The hash of the idempotency key that the object was submitted with.</summary>
    public static string? KeyHash(this IKubernetesObject<V1ObjectMeta> owner) => owner.Annotation(OwnKeys.KeyHash);

    /// <summary>Whether the object was submitted with the idempotency key of this hash.</summary>
    public static bool HasKey(this IKubernetesObject<V1ObjectMeta> owner, string keyHash) => owner.KeyHash() == keyHash;

    /// <summary>The fingerprint of the submission that the object was made from.</summary>
    public static string? FingerprintOfSubmission(this IKubernetesObject<V1ObjectMeta> owner) => owner.Annotation(OwnKeys.Fingerprint);

    /// <summary>Whether the object was created by the attempt that was to create the other one.</summary>
    public static bool IsOfAttempt(this IMetadata<V1ObjectMeta> owner, IMetadata<V1ObjectMeta> manifest) =>
        manifest.Annotation(OwnKeys.Attempt) is { } attempt && owner.Annotation(OwnKeys.Attempt) == attempt;

    /// <summary>The caller who submitted it.</summary>
    public static string? SubmittedBy(this IKubernetesObject<V1ObjectMeta> owner) => owner.Annotation(OwnKeys.SubmittedBy);

    /// <summary>The person shown as its owner: the exact text where the gateway wrote it, else the pods' label.</summary>
    public static string? User(this IKubernetesObject<V1ObjectMeta> owner) =>
        owner.Annotation(OwnKeys.User) ?? owner.PodTemplate().Metadata?.Labels?.GetValueOrDefault(UserLabel.Key);

    private static string? Annotation(this IMetadata<V1ObjectMeta> owner, string key) => owner.Metadata.Annotations?.GetValueOrDefault(key);

    private static string? GetValueOrDefault(this IDictionary<string, string> entries, string key) => entries.TryGetValue(key, out var value) ? value : null;
}
