using System.Globalization;
using Gateway.Core.Manifests;
using k8s.Models;

namespace Gateway.Core.Status;

/// <summary>What of a workload belongs to the run that goes on now, and not to one before it was suspended.</summary>
internal static class CurrentRun
{
    /// <summary>Whether it is to hold no pods.</summary>
    internal static bool IsStopped(this ObservedWorkload observed) => observed.Owner switch
    {
        V1Job job => job.Spec?.Suspend == true,
        V1StatefulSet set => set.Replicas() == 0,
        _ => false,
    };

    internal static int Replicas(this V1StatefulSet set) => set.Spec?.Replicas ?? 1;

    /// <summary>When it was last resumed, if it ever was.</summary>
    internal static DateTime? ResumedAt(this ObservedWorkload observed) => observed.Owner switch
    {
        _ when observed.IsStopped() => null,
        // While the condition still says True, the Job is resumed and its controller has not seen it yet.
        V1Job job => job.Condition("Suspended")?.LastTransitionTime,
        V1StatefulSet set => Read(set.GetAnnotation(OwnKeys.ResumedAt)),
        _ => null,
    };

    /// <summary>
    /// The pods that are no older than the resume, and those that live on through it: the clocks of the gateway and the cluster
    /// differ, and a quick resume comes before any pod was told to go.
    /// </summary>
    internal static IReadOnlyList<ObservedPod> CurrentPods(this ObservedWorkload observed) => observed.ResumedAt() is { } resumed
        ? [.. observed.Pods.Where(pod => pod.Metadata.CreationTimestamp >= resumed || (pod.IsLive() && !pod.IsLeaving()))]
        : observed.Pods;

    internal static V1JobCondition? Condition(this V1Job job, string type) =>
        job.Status?.Conditions?.FirstOrDefault(condition => condition.Type == type);

    /// <summary>The first of these conditions of a Job that is true now.</summary>
    internal static V1JobCondition? TrueCondition(this ObservedWorkload observed, params ReadOnlySpan<string> types)
    {
        foreach (var type in types)
            if ((observed.Owner as V1Job)?.Condition(type) is { Status: "True" } condition)
                return condition;
        return null;
    }

    private static DateTime? Read(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.UtcDateTime : null;
}
