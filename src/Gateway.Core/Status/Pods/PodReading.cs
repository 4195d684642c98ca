using System.Globalization;
using k8s.Models;

namespace Gateway.Core.Status;

/// <summary>A pod's own status, in words.</summary>
internal static class PodReading
{
    // A StatefulSet and an indexed Job name the index each in a label of their own.
    private static readonly string[] IndexKeys = ["apps.kubernetes.io/pod-index", "batch.kubernetes.io/job-completion-index"];

    internal static bool IsLive(this ObservedPod pod) => pod.Status.Phase is not ("Succeeded" or "Failed");

    /// <summary>Whether it was told to go.</summary>
    internal static bool IsLeaving(this ObservedPod pod) => pod.Metadata.DeletionTimestamp is not null;

    internal static bool IsReady(this ObservedPod pod) => pod.Condition("Ready") is { Status: "True" };

    internal static bool IsScheduled(this ObservedPod pod) =>
        pod.Spec.NodeName is not null || pod.Condition("PodScheduled") is { Status: "True" };

    // A node that does not answer cannot speak for its pods: the node controller takes back their readiness, without a reason,
    // and leaves the rest as the node last said.
    internal static bool IsLost(this ObservedPod pod) =>
        pod.Status.Phase == "Unknown"
        || pod.Status.Reason == "NodeLost"
        || (pod.IsLive()
            && pod.Condition("Ready") is { Status: "False", Reason: null or "" }
            && pod.Condition("ContainersReady") is { Status: "True" });

    internal static bool IsCrashLooping(this ObservedPod pod) =>
        pod.AllContainers().Any(container => container.State?.Waiting?.Reason == "CrashLoopBackOff");

    internal static bool HasRun(this ObservedPod pod) => pod.Containers().Any(container => container.HasRun());

    /// <summary>Whether more than running is asked of it before it counts as ready.</summary>
    internal static bool IsProbed(this ObservedPod pod) =>
        pod.Spec.Containers.Count == 0 || pod.Spec.Containers.Any(container => container.ReadinessProbe is not null || container.StartupProbe is not null);

    internal static DateTime? StartedAt(this ObservedPod pod) => pod.Containers().Min(container => container.StartedAt());

    internal static int Restarts(this ObservedPod pod) => pod.AllContainers().Sum(container => container.RestartCount);

    internal static int? Index(this ObservedPod pod) => IndexKeys
        .Select(key => pod.GetLabel(key) ?? pod.GetAnnotation(key))
        .Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : (int?)null)
        .FirstOrDefault(index => index is not null);

    /// <summary>The newest pod first; of several the order is always the same, so that no answer changes without a cause.</summary>
    internal static IEnumerable<ObservedPod> NewestFirst(this IEnumerable<ObservedPod> pods) =>
        pods.OrderByDescending(pod => pod.Metadata.CreationTimestamp).ThenBy(pod => pod.Metadata.Name, StringComparer.Ordinal);

    internal static ObservedPodCondition? Condition(this ObservedPod pod, string type) =>
        pod.Status.Conditions.FirstOrDefault(condition => condition.Type == type);

    internal static IEnumerable<ObservedContainerStatus> Containers(this ObservedPod pod) => pod.Status.ContainerStatuses;

    internal static IEnumerable<ObservedContainerStatus> AllContainers(this ObservedPod pod) =>
        pod.Status.InitContainerStatuses.Concat(pod.Containers());
}
