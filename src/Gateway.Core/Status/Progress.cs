using System.Globalization;
using Gateway.Core.Manifests;
using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Status;

/// <summary>When a workload ran, how often it failed, and how far its deletion is.</summary>
public static class Progress
{
    // The Job controller's own default: https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy
    private const int DefaultBackoffLimit = 6;

    /// <summary>
    /// The first container start of the current run that can still be seen: a container shows only its last two starts, and a
    /// pod that is gone shows none.
    /// </summary>
    public static DateTime? StartedAt(this ObservedWorkload observed) => observed.CurrentPods().Min(pod => pod.StartedAt());

    /// <summary>When a train completed or failed for good.</summary>
    public static DateTime? CompletedAt(this ObservedWorkload observed) =>
        (observed.Owner as V1Job)?.Status?.CompletionTime ?? observed.TrueCondition("Complete", "Failed")?.LastTransitionTime;

    /// <summary>The failed attempts of a train; none for a build, which is always started again.</summary>
    public static Attempts? Attempts(this ObservedWorkload observed) => observed.Owner is V1Job job
        ? new()
        {
            Failed = observed.Failures(job),
            Limit = job.Spec?.BackoffLimitPerIndex is null ? job.OwnLimit() : null,
            Preempted = observed.PreemptedPods(),
        }
        : null;

    /// <summary>Whether a train failed by itself more often than it may.</summary>
    internal static bool HasFailedByItself(this ObservedWorkload observed, V1Job job) => job.RestartsContainers()
        ? job.FailedPods() <= (job.Spec.BackoffLimit ?? DefaultBackoffLimit)
        : observed.OwnFailures() > job.OwnLimit();

    /// <summary>How far the deletion of a workload is, once it was asked for.</summary>
    public static Deletion? Deletion(this ObservedWorkload observed) => observed.Owner.Metadata.DeletionTimestamp is { } requested
        ? new()
        {
            RequestedAt = requested,
            PodsRemaining = observed.Pods.Count,
            Finalizers = [.. observed.Owner.Metadata.Finalizers ?? []],
        }
        : null;

    // A failed pod is first listed as uncounted, then counted.
    private static int FailedPods(this V1Job job) =>
        (job.Status?.Failed ?? 0) + (job.Status?.UncountedTerminatedPods?.Failed?.Count ?? 0);

    // Restarts and pods that failed are held against the limit each for themselves.
    private static int Failures(this ObservedWorkload observed, V1Job job) => (job.RestartsContainers(), job.HasRoomForPreemptions()) switch
    {
        (true, true) => observed.Restarts(),
        (true, false) => Math.Max(observed.Restarts(), job.FailedPods()),
        (false, true) => observed.OwnFailures(),
        (false, false) => job.FailedPods(),
    };

    // A pod that failed by itself stays until its Job goes, one that was stopped or drained does not.
    private static int OwnFailures(this ObservedWorkload observed) => observed.Pods.Count(pod => pod.Status.Phase == "Failed" && !pod.IsDisrupted());

    // Where containers are started again in their pod, each restart counts as a failure. The pod itself goes when they were too many.
    private static int Restarts(this ObservedWorkload observed) =>
        observed.CurrentPods().Concat(observed is { Pods.Count: 0, LastGone: { } gone } ? [gone] : []).Sum(pod => pod.Restarts());

    private static bool RestartsContainers(this V1Job job) => job.Spec?.Template?.Spec?.RestartPolicy == "OnFailure";

    private static bool HasRoomForPreemptions(this V1Job job) => job.GetAnnotation(OwnKeys.BackoffLimit) is not null;

    private static int OwnLimit(this V1Job job) =>
        int.TryParse(job.GetAnnotation(OwnKeys.BackoffLimit), NumberStyles.None, CultureInfo.InvariantCulture, out var own)
            ? own
            : job.Spec?.BackoffLimit ?? DefaultBackoffLimit;
}
