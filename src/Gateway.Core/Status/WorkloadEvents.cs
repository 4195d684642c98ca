using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Status;

/// <summary>What happened to a workload.</summary>
public static class WorkloadEvents
{
    /// <summary>Whether an event is about the workload, one of its pods, one that is gone included, or its pod group.</summary>
    public static bool Concerns(this ObservedEvent happened, ObservedWorkload observed)
    {
        var (about, owner) = (happened.InvolvedObject, observed.Owner.Metadata);
        return about.Uid == owner.Uid
            || (about.Kind == V1Pod.KubeKind && observed.HadPod(about, happened.Time()))
            || (about.Kind == PodGroup.KubeKind && observed.HasGroup(about.Name));
    }

    /// <summary>The events as callers see them, the newest last.</summary>
    public static EventPage ToEvents(this ObservedWorkload observed, IEnumerable<ObservedEvent> events) => new()
    {
        Items =
        [
            .. events.OrderBy(happened => happened.Moment()).ThenBy(happened => happened.FirstTime()).ThenBy(happened => happened.Metadata.Name, StringComparer.Ordinal)
                .Select(observed.ToEvent),
        ],
    };

    // Nobody keeps the uids of pods that are gone; what bears the name of one, since the workload is there, is taken for one.
    private static bool HadPod(this ObservedWorkload observed, V1ObjectReference pod, DateTime? time) =>
        observed.Pods.Any(one => one.Metadata.Uid == pod.Uid)
        || (observed.Owner.Owns(pod.Name) && time >= observed.Owner.Metadata.CreationTimestamp);

    // https://github.com/kai-scheduler/KAI-Scheduler/blob/main/pkg/podgrouper/podgrouper/plugins/defaultgrouper/default_grouper.go
    private static bool HasGroup(this ObservedWorkload observed, string group) =>
        group.EndsWith($"-{observed.Owner.Metadata.Uid}", StringComparison.Ordinal)
        || observed.Pods.Any(pod => pod.GetAnnotation(PodGroup.NameKey) == group || group.EndsWith($"-{pod.Metadata.Uid}", StringComparison.Ordinal));

    private static WorkloadEvent ToEvent(this ObservedWorkload observed, ObservedEvent happened) => new()
    {
        Type = happened.Type ?? "Normal",
        Reason = happened.Reason ?? "",
        Message = observed.Repeat(happened.Message),
        Count = happened.Series?.Count ?? happened.Count ?? 1,
        FirstSeen = happened.FirstTime(),
        LastSeen = happened.Time() ?? happened.Metadata.CreationTimestamp ?? DateTime.UnixEpoch,
        About = new() { Kind = happened.InvolvedObject.Kind, Name = happened.InvolvedObject.Name },
        Source = happened.Source?.Component is { Length: > 0 } component ? component : happened.ReportingComponent ?? "",
    };
}
