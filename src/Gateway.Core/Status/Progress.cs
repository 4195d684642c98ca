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
            Failed = job.FailedPods() + observed.CountedRestarts(job),
            Limit = job.Spec?.BackoffLimitPerIndex is null ? job.Spec?.BackoffLimit ?? DefaultBackoffLimit : null,
        }
        : null;

    /// <summary>How far the deletion of a workload is, once it was asked for.</summary>
    public static Deletion? Deletion(this ObservedWorkload observed) => observed.Owner.Metadata.DeletionTimestamp is { } requested
        ? new()
        {
            RequestedAt = requested,
            PodsRemaining = observed.KnownPhase is null ? observed.Pods.Count : null,
            Finalizers = [.. observed.Owner.Metadata.Finalizers ?? []],
        }
        : null;

    // A failed pod is first listed as uncounted, then counted.
    private static int FailedPods(this V1Job job) =>
        (job.Status?.Failed ?? 0) + (job.Status?.UncountedTerminatedPods?.Failed?.Count ?? 0);

    // Where containers are started again in their pod, each restart counts as a failure.
    private static int CountedRestarts(this ObservedWorkload observed, V1Job job) =>
        job.Spec?.Template?.Spec?.RestartPolicy == "OnFailure" ? observed.CurrentPods().Sum(pod => pod.Restarts()) : 0;
}
