using Gateway.Core.Workloads;
using k8s.Models;
using static Gateway.Core.Status.ReasonFrom;

namespace Gateway.Core.Status;

/// <summary>Why a workload is in its phase.</summary>
public static class WorkloadReason
{
    // What the garbage collector itself sets while it deletes.
    private static readonly string[] OrdinaryFinalizers = ["foregroundDeletion", "orphan"];

    /// <summary>The first thing that explains the phase of a workload; nothing where it runs, or the cluster has not spoken yet.</summary>
    public static Reason? Reason(this ObservedWorkload observed) => observed.Phase() switch
    {
        Phase.Deleting => observed.WhyItIsStillThere() ?? observed.WhyItIsHeld(),
        Phase.Suspending => observed.WhyItIsStillThere(),
        Phase.Suspended => Of(observed.Owner, ReasonCodes.Suspended, "It is suspended, and holds no node until it is resumed.",
            (observed.Owner as V1Job)?.Condition("Suspended")?.LastTransitionTime),
        Phase.Completed => observed.WhyItEnds("Complete"),
        Phase.Failed => observed.WhyItEnds("Failed"),
        var phase => observed.WhyItEnds("SuccessCriteriaMet", "FailureTarget") ?? (observed.RunsWell(phase) ? null : observed.WhyItWaits() ?? observed.WhoIsAwaited(phase)),
    };

    private static Reason? WhyItIsStillThere(this ObservedWorkload observed)
    {
        if (observed.Pods.NewestFirst().FirstOrDefault(pod => pod.IsLost()) is { } lost)
            return observed.ReasonOf(lost);
        var since = observed.Deletion()?.RequestedAt ?? (observed.Owner as V1Job)?.Condition("Suspended")?.LastTransitionTime;
        var live = observed.Pods.Count(pod => pod.IsLive());
        return (live, observed.Pods.Count) switch
        {
            (_, 0) => null,
            (0, 1) => Of(observed.Owner, ReasonCodes.PodsTerminating, "Its pod has ended and is being removed.", since),
            (0, var ended) => Of(observed.Owner, ReasonCodes.PodsTerminating, $"Its {ended} pods have ended and are being removed.", since),
            (1, _) => Of(observed.Owner, ReasonCodes.PodsTerminating, "One pod has still to end.", since),
            _ => Of(observed.Owner, ReasonCodes.PodsTerminating, $"{live} pods have still to end.", since),
        };
    }

    private static Reason? WhyItIsHeld(this ObservedWorkload observed)
    {
        var finalizers = (observed.Owner.Metadata.Finalizers ?? []).Except(OrdinaryFinalizers).ToList();
        return finalizers.Count > 0
            ? Of(observed.Owner, ReasonCodes.FinalizersPending, $"It waits for the removal of {string.Join(", ", finalizers)}.",
                observed.Deletion()?.RequestedAt)
            : null;
    }

    private static bool RunsWell(this ObservedWorkload observed, string phase) =>
        phase == Phase.Running && observed.CurrentPods().Any(pod => pod.IsReady() && !pod.IsLeaving());

    // A pod that ended explains less than what keeps the next one from being made.
    private static Reason? WhyItWaits(this ObservedWorkload observed) =>
        observed.WhyTheGroupWaits()
        ?? observed.WhyPodsDoNotRun(live: true)
        ?? observed.WhyNoPodIsMade()
        ?? observed.WhyItWasStopped()
        ?? observed.WhyPodsDoNotRun(live: false)
        ?? observed.Unreadable();

    private static Reason? WhyPodsDoNotRun(this ObservedWorkload observed, bool live) => observed.CurrentPods()
        .Where(pod => pod.IsLive() == live && (!pod.IsReady() || pod.IsLeaving()))
        .NewestFirst()
        .Select(observed.ReasonOf)
        .FirstOrDefault(reason => reason is not null);

    private static Reason? Unreadable(this ObservedWorkload observed) => observed.Owner is V1Job or V1StatefulSet
        ? null
        : Of(observed.Owner, ReasonCodes.Unknown, "An object of this kind cannot be read.", null);
}
