using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Status;

/// <summary>The pods of a workload.</summary>
public static class WorkloadPods
{
    /// <summary>Every pod that is there, by index, then the oldest first.</summary>
    public static IReadOnlyList<PodStatus> PodStatuses(this ObservedWorkload observed) =>
    [
        .. observed.Pods
            .OrderBy(pod => pod.Index())
            .ThenBy(pod => pod.Metadata.CreationTimestamp)
            .ThenBy(pod => pod.Metadata.Name, StringComparer.Ordinal)
            .Select(observed.ToPodStatus),
    ];

    /// <summary>The pods whose node does not answer.</summary>
    public static IReadOnlyList<ObservedPod> LostPods(this ObservedWorkload observed) => [.. observed.Pods.Where(pod => pod.IsLost())];

    private static PodStatus ToPodStatus(this ObservedWorkload observed, ObservedPod pod) => new()
    {
        Name = pod.Metadata.Name,
        Index = pod.Index(),
        Phase = pod.Phase(),
        Node = pod.Spec.NodeName,
        Ready = pod.IsReady(),
        Restarts = pod.Restarts(),
        StartedAt = pod.StartedAt(),
        ExitCode = pod.ExitCode(),
        Reason = observed.ReasonOf(pod),
    };

    private static string Phase(this ObservedPod pod) => pod switch
    {
        _ when pod.IsLost() => "Unknown",
        _ when pod.IsLive() && pod.IsLeaving() => "Terminating",
        _ => pod.Status.Phase ?? "Pending",
    };

    // Of several containers the one that failed tells how the pod ended.
    private static int? ExitCode(this ObservedPod pod) => pod.Containers()
        .Where(container => container.State?.Running is null)
        .Select(container => container.LastEnd()?.ExitCode)
        .OrderByDescending(code => code is not null and not 0)
        .FirstOrDefault();
}
