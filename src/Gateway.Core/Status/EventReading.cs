using System.Globalization;
using k8s;
using k8s.Models;

namespace Gateway.Core.Status;

/// <summary>Kubernetes events, which come in three spellings of time.</summary>
public static class EventReading
{
    /// <summary>The reason of the scheduler's event on a pod group of which it has stopped a pod.</summary>
    public const string Eviction = "Evict";

    // That of Kubernetes' own scheduler, on the pod.
    private const string Preemption = "Preempted";

    // All that a reason is read from.
    private static readonly string[] Telling =
        ["SuccessfulCreate", "FailedCreate", Eviction, Preemption, "FailedMount", "FailedAttachVolume", "FailedCreatePodSandBox"];

    /// <summary>Whether a reason may be read from it.</summary>
    public static bool IsTelling(this ObservedEvent happened) => Telling.Contains(happened.Reason) && happened.InvolvedObject.Uid is not null;

    /// <summary>Whether it tells of a pod that the scheduler stopped in favour of another.</summary>
    public static bool IsPreemption(this ObservedEvent happened) => happened.Reason is Eviction or Preemption;

    internal static IEnumerable<ObservedEvent> EventsOf(
        this ObservedWorkload observed, IKubernetesObject<V1ObjectMeta> source, params string[] reasons) =>
        observed.Events.Where(happened => reasons.Contains(happened.Reason) && happened.InvolvedObject.Regards(source));

    /// <summary>When it happened last.</summary>
    internal static DateTime? Time(this ObservedEvent happened) =>
        happened.Series?.LastObservedTime ?? happened.LastTimestamp ?? happened.EventTime ?? happened.FirstTimestamp;

    /// <summary>When it happened first.</summary>
    internal static DateTime? FirstTime(this ObservedEvent happened) => happened.FirstTimestamp ?? happened.EventTime ?? happened.Time();

    /// <summary>
    /// When it happened last, as exactly as can be told. Times of events are in whole seconds, but each is named by the nanosecond in
    /// which it was first written: https://github.com/kubernetes/client-go/blob/master/tools/record/event.go
    /// </summary>
    internal static DateTime? Moment(this ObservedEvent happened)
    {
        var (time, name) = (happened.Time(), happened.Metadata.Name ?? "");
        return long.TryParse(name[(name.LastIndexOf('.') + 1)..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var nanoseconds)
            && DateTime.UnixEpoch.AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick) is var written && written - time is { Ticks: >= 0 and < TimeSpan.TicksPerSecond }
                ? written
                : time;
    }

    // A build's new pod bears the name of the one before: the uid tells them apart.
    private static bool Regards(this V1ObjectReference reference, IKubernetesObject<V1ObjectMeta> source) =>
        reference.Uid is not null && source.Metadata.Uid is not null
            ? reference.Uid == source.Metadata.Uid
            : reference.Name == source.Metadata.Name && reference.Kind == source.KindName();

    // Items of a list come without their kind.
    internal static string KindName(this IKubernetesObject<V1ObjectMeta> source) => source switch
    {
        V1Job => V1Job.KubeKind,
        V1StatefulSet => V1StatefulSet.KubeKind,
        ObservedPod => V1Pod.KubeKind,
        _ => source.Kind,
    };
}
