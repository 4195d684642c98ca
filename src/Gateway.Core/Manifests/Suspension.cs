using System.Globalization;
using Gateway.Core.Workloads;
using k8s;
using k8s.Models;

namespace Gateway.Core.Manifests;

/// <summary>
/// Suspending and resuming, as merge patches: of a Job its own switch, of a StatefulSet its replicas, whose number an annotation
/// keeps meanwhile. A patch names the uid, and the version where it goes by what it read, so that it never meets another object.
/// </summary>
public static class Suspension
{
    /// <summary>Whether the object is to hold no pods.</summary>
    public static bool IsSuspended(this IKubernetesObject<V1ObjectMeta> owner) => owner switch
    {
        V1Job job => job.Spec?.Suspend == true,
        V1StatefulSet set => set.Spec?.Replicas == 0,
        _ => false,
    };

    /// <summary>What suspends it.</summary>
    public static object ToSuspend(this IKubernetesObject<V1ObjectMeta> owner) => owner is V1StatefulSet set
        ? Patch(set, 0, Replicas(set.Spec?.Replicas ?? 1), ResumedAt(null))
        : Patch(owner, suspend: true);

    /// <summary>What resumes it, at that time.</summary>
    public static object ToResume(this IKubernetesObject<V1ObjectMeta> owner, DateTime now) => owner is V1StatefulSet set
        ? Patch(set, set.ReplicasBefore(), Replicas(null), ResumedAt(now))
        : Patch(owner, suspend: false);

    // Scaled down by hand, nobody wrote how many there were.
    private static int ReplicasBefore(this V1StatefulSet set) =>
        int.TryParse(set.GetAnnotation(OwnKeys.Replicas), NumberStyles.None, CultureInfo.InvariantCulture, out var replicas) && replicas > 0 ? replicas : 1;

    private static KeyValuePair<string, string?> Replicas(int? replicas) => new(OwnKeys.Replicas, replicas?.ToString(CultureInfo.InvariantCulture));

    private static KeyValuePair<string, string?> ResumedAt(DateTime? time) => new(OwnKeys.ResumedAt, time?.ToApiTime());

    private static object Patch(IKubernetesObject<V1ObjectMeta> job, bool suspend) => new { metadata = new { uid = job.Metadata.Uid }, spec = new { suspend } };

    private static object Patch(V1StatefulSet set, int replicas, params KeyValuePair<string, string?>[] annotations) => new
    {
        metadata = new { uid = set.Metadata.Uid, resourceVersion = set.Metadata.ResourceVersion, annotations = new Dictionary<string, string?>(annotations) },
        spec = new { replicas },
    };
}
