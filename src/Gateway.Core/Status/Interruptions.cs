using k8s.Models;

namespace Gateway.Core.Status;

/// <summary>Whether a workload's run was taken from it, and is to begin again on another pod.</summary>
internal static class Interruptions
{
    /// <summary>
    /// Whether the pods that ran are gone without having ended by themselves: pods that fail by themselves stay, so those of a Job
    /// that has counted failures and has no pods were taken from it.
    /// </summary>
    internal static bool IsInterrupted(this ObservedWorkload observed) =>
        observed.LastPreemption() is not null || observed.Owner is V1Job { Status.Failed: > 0 };

    /// <summary>Whether the pod shows that the workload runs, or has a run behind it that was not taken away.</summary>
    internal static bool ShowsARun(this ObservedWorkload observed, ObservedPod pod) => pod switch
    {
        _ when pod.IsReady() => true,
        _ when !pod.HasRun() => false,
        _ when pod.IsLive() => !pod.IsLeaving() || pod.Runs(),
        _ => !pod.IsDisrupted() && !(pod.StartedAt() <= observed.LastPreemption()?.Time()),
    };

    private static bool Runs(this ObservedPod pod) => pod.Containers().Any(container => container.State?.Running is not null);
}
