using Gateway.Core.Workloads;
using k8s;
using k8s.Models;
using static Gateway.Core.Status.ReasonFrom;

namespace Gateway.Core.Status;

/// <summary>What keeps a workload waiting that none of its pods can tell: its queue, or that it gets no pods.</summary>
internal static class WaitingReason
{
    // The scheduler's own words:
    // https://github.com/kai-scheduler/KAI-Scheduler/blob/main/pkg/apis/scheduling/v2alpha2/podgroup_types.go
    private static readonly string[] QueueReasons =
    [
        ReasonCodes.NonPreemptibleOverQuota, ReasonCodes.OverLimit, ReasonCodes.QueueDoesNotExist, ReasonCodes.PreemptionDelayNotElapsed,
    ];

    // The scheduler never takes its condition back, so it counts only while a pod of the group has no node.
    internal static Reason? WhyTheGroupWaits(this ObservedWorkload observed) => observed.CurrentPods()
        .Where(pod => pod.IsLive() && !pod.IsScheduled())
        .NewestFirst()
        .Select(observed.GroupOf)
        .Select(group => group?.Status?.SchedulingConditions.LastOrDefault(condition => condition.Status is null or "True") is { } condition
            ? observed.WhyTheGroupWaits(group, condition)
            : null)
        .FirstOrDefault(reason => reason is not null);

    // A pod that does not say so is of the newest group.
    private static PodGroup? GroupOf(this ObservedWorkload observed, ObservedPod pod) => pod.GetAnnotation(PodGroup.NameKey) is { } name
        ? observed.PodGroups.FirstOrDefault(group => group.Metadata.Name == name)
        : observed.PodGroups.MaxBy(group => group.Metadata.CreationTimestamp);

    // A refusal that a pod came after, or a resume, is history.
    internal static Reason? WhyNoPodIsMade(this ObservedWorkload observed)
    {
        var history = new[]
        {
            observed.EventsOf(observed.Owner, "SuccessfulCreate").Max(creation => creation.Time()),
            observed.Pods.Max(pod => pod.Metadata.CreationTimestamp),
            observed.ResumedAt(),
        }.Max();
        var refusals = observed.EventsOf(observed.Owner, "FailedCreate").Where(refusal => !(refusal.Time() < history)).ToList();
        return refusals.MaxBy(refusal => refusal.Time()) is { } newest
            ? Of(observed.Owner, ReasonCodes.PodsRefused, observed.Sentence("The cluster refuses the pod", Refusal(newest.Message)),
                refusals.Min(refusal => refusal.FirstTime()))
            : null;
    }

    // What was started since, or is about to be, has had its turn.
    internal static Reason? WhyItWasStopped(this ObservedWorkload observed) => observed.LastPreemption() is { } stop
        && !(stop.Time() < observed.CurrentPods().Max(pod => pod.StartedAt()))
        && !observed.CurrentPods().Any(pod => pod.IsLive() && !pod.IsLeaving() && pod.IsScheduled())
            ? Of(observed.Owner, ReasonCodes.Preempted, $"{observed.Stopped("its pod", stop)}; it waits for its turn.", stop.Time())
            : null;

    /// <summary>Whom it waits for where nobody has said anything of it: that too is a reason, when it lasts.</summary>
    internal static Reason? WhoIsAwaited(this ObservedWorkload observed, string phase) => phase switch
    {
        // An object that is not stored, as in a dry run, waits for nobody.
        Phase.Creating or Phase.Resuming when observed.Owner.Metadata.CreationTimestamp is { } created =>
            Of(observed.Owner, ReasonCodes.AwaitingPods, "The cluster has not made its pods yet.", observed.ResumedAt() ?? created),
        Phase.Pending when observed.CurrentPods().Count == 0 =>
            Of(observed.Owner, ReasonCodes.AwaitingPods, "Its pods are gone, and the cluster has not made others yet.", null),
        Phase.Pending when observed.CurrentPods().NewestFirst().FirstOrDefault(pod => pod.IsLive() && !pod.IsScheduled()) is { } waiting =>
            Of(waiting, ReasonCodes.AwaitingScheduler, $"{waiting.SchedulerName()} has not said anything of the pod yet.", waiting.Metadata.CreationTimestamp),
        _ => null,
    };

    private static string SchedulerName(this ObservedPod pod) => pod.Spec.SchedulerName is { } name ? $"The scheduler {name}" : "The scheduler";

    private static Reason WhyTheGroupWaits(this ObservedWorkload observed, PodGroup group, SchedulingCondition condition)
    {
        var known = condition.Reasons.FirstOrDefault(explanation => QueueReasons.Contains(explanation.Reason));
        var code = known?.Reason ?? ReasonCodes.Unschedulable;
        return Of(group, code, observed.Sentence(Lead(code), known?.Message ?? condition.Message), condition.LastTransitionTime);
    }

    private static string Lead(string code) => code switch
    {
        ReasonCodes.NonPreemptibleOverQuota => "It would take its queue over quota",
        ReasonCodes.OverLimit => "It would take its queue over its limit",
        ReasonCodes.QueueDoesNotExist => "The scheduler does not know its queue",
        ReasonCodes.PreemptionDelayNotElapsed => "It waits before other workloads are stopped for it",
        _ => "No node can take it",
    };

    // "Error creating: pods "w-j69hj" is forbidden: exceeded quota: q": what stands before is the controller's, not the cause. A
    // cause that speaks of the environment may cite a value in part, and is left out.
    private static string? Refusal(string? message) => message is null || message.SpeaksOfEnvironment()
        ? null
        : message.Split(" is forbidden: ", 2)[^1].Split("Error creating: ", 2)[^1];
}
