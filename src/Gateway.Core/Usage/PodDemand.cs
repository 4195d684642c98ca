using Gateway.Core.Status;
using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Usage;

/// <summary>How many pods a workload wants, and how many GPUs each of them takes.</summary>
internal static class PodDemand
{
    /// <summary>The GPUs of a pod; null where what it asks for does not say how much of a GPU that is.</summary>
    internal static decimal? Gpus(this GpuRequest? asked) => asked switch
    {
        { Memory: not null } or { Mig: not null } => null,
        // The scheduler refuses any other.
        { Fraction: > 0 and < 1 and var fraction } => fraction * (asked.Devices ?? 1),
        _ => asked?.Count ?? 0,
    };

    /// <summary>How many pods it is to have at once now: none when it has ended, goes, or is suspended.</summary>
    internal static int WantedPods(this ObservedWorkload observed) => observed switch
    {
        { Owner.Metadata.DeletionTimestamp: not null } => 0,
        _ when observed.IsStopped() || observed.TrueCondition("Complete", "Failed") is not null => 0,
        { Owner: V1StatefulSet set } => set.Replicas(),
        { Owner: V1Job job } => job.WantedPods(),
        _ => 0,
    };

    // As the Job controller counts: https://kubernetes.io/docs/concepts/workloads/controllers/job/#controlling-parallelism
    private static int WantedPods(this V1Job job)
    {
        var (parallelism, succeeded) = (job.Spec.Parallelism ?? 1, job.Status?.Succeeded ?? 0);
        return job.Spec.Completions is { } completions ? Math.Clamp(completions - succeeded, 0, parallelism)
            : succeeded > 0 ? job.Status?.Active ?? 0
            : parallelism;
    }
}
