using Gateway.Core.Manifests;
using k8s.Models;
using static Gateway.Core.Status.Phase;

namespace Gateway.Core.Status;

/// <summary>Where a workload is on its way.</summary>
public static class WorkloadPhase
{
    /// <summary>The phase of a workload: the first of these that matches.</summary>
    public static string Phase(this ObservedWorkload observed) => observed switch
    {
        { Owner.Metadata.DeletionTimestamp: not null } => Deleting,
        _ when observed.Owner.IsUndone() => Deleting,
        _ when observed.TrueCondition("Complete") is not null => Completed,
        _ when observed.TrueCondition("Failed") is not null => Failed,
        _ when observed.IsStopped() => observed.Pods.Any(pod => pod.IsLive()) ? Suspending : Suspended,
        _ when observed.IsLost() => Unknown,
        _ when observed.IsDegraded() => Degraded,
        _ when observed.IsResuming() => Resuming,
        _ when observed.IsRunning() => Running,
        _ when observed.IsScheduled() => Initializing,
        _ when observed.CurrentPods().Count > 0 || observed.IsInterrupted() => Pending,
        { Owner: V1Job or V1StatefulSet } => Creating,
        _ => Unknown,
    };

    private static bool IsLost(this ObservedWorkload observed) =>
        observed.LivePods() is { Count: > 0 } live && live.All(pod => pod.IsLost());

    private static bool IsDegraded(this ObservedWorkload observed)
    {
        if (observed.Owner is not V1StatefulSet set)
            return false;
        var pods = observed.CurrentPods();
        return pods.Any(pod => pod.IsCrashLooping())
            || (pods.Count >= set.Replicas()
                && pods.Count(pod => pod.IsReady()) < set.Replicas()
                && pods.All(pod => pod.WasOnceReady(pods)));
    }

    // Nobody records that all pods were ready once, so the pods that are there must show it: each is ready, ran where running
    // is all that readiness asks for, has lost its readiness since the node took it, or replaces one that was ready: a
    // StatefulSet makes the pod of the next index only when this one is ready, so one younger than its successor is a second one.
    private static bool WasOnceReady(this ObservedPod pod, IReadOnlyList<ObservedPod> siblings) =>
        pod.IsReady()
        || (!pod.IsProbed() && pod.HasRun())
        || pod.Condition("Ready")?.LastTransitionTime > pod.Status.StartTime
        || siblings.Any(other => other.Index() > pod.Index() && other.Metadata.CreationTimestamp < pod.Metadata.CreationTimestamp);

    private static bool IsResuming(this ObservedWorkload observed) => observed.ResumedAt() is not null && observed.CurrentPods().Count == 0;

    private static bool IsRunning(this ObservedWorkload observed) => observed.CurrentPods() is { Count: > 0 } pods
        ? pods.Any(observed.ShowsARun) || (observed.IsEnding() && pods.Any(pod => pod.HasRun()))
        : observed.IsEnding() || (observed.Owner is V1Job { Status.Succeeded: > 0 } && observed.LastPreemption() is null);

    // A Job that is about to end deletes the pods that still run.
    private static bool IsEnding(this ObservedWorkload observed) => observed.TrueCondition("SuccessCriteriaMet", "FailureTarget") is not null;

    private static bool IsScheduled(this ObservedWorkload observed) =>
        observed.LivePods() is { Count: > 0 } live && live.All(pod => pod.IsScheduled());

    private static List<ObservedPod> LivePods(this ObservedWorkload observed) => [.. observed.CurrentPods().Where(pod => pod.IsLive())];
}
