using Gateway.Core.Workloads;
using k8s.Models;
using static Gateway.Core.Status.ReasonFrom;

namespace Gateway.Core.Status;

/// <summary>Why a pod waits, and why it ended.</summary>
internal static class PodReason
{
    /// <summary>The first thing that explains why a pod does not run, or how it ended.</summary>
    internal static Reason? ReasonOf(this ObservedWorkload observed, ObservedPod pod) => pod switch
    {
        _ when pod.IsLost() => Of(pod, ReasonCodes.NodeLost, $"{pod.NodeName()} does not answer, so whether the pod runs is not known.",
            pod.Condition("Ready")?.LastTransitionTime),
        _ when observed.WhyItWasRemoved(pod) is { } removed => removed,
        // What was told to end may end as it likes.
        _ when pod.IsLeaving() => null,
        _ => observed.WhyItIsUnscheduled(pod) ?? observed.ContainersReason(pod) ?? observed.WhyItIsNotMounted(pod),
    };

    /// <summary>Whether it did not end by itself: it was told to go, or its node was taken from it.</summary>
    internal static bool IsDisrupted(this ObservedPod pod) =>
        pod.IsLeaving()
        || pod.Condition("DisruptionTarget") is { Status: "True" }
        || pod.Status.Reason is "Preempting" or "Evicted" or "Terminated" or "NodeShutdown" or "Shutdown";

    private static Reason? WhyItWasRemoved(this ObservedWorkload observed, ObservedPod pod)
    {
        var disruption = pod.Condition("DisruptionTarget") is { Status: "True" } condition ? condition : null;
        var since = disruption?.LastTransitionTime ?? pod.Condition("Ready")?.LastTransitionTime;
        return (pod.Status.Reason, disruption?.Reason) switch
        {
            ("Preempting", _) or (_, "PreemptionByScheduler") =>
                Of(pod, ReasonCodes.Preempted, $"{observed.Stopped("the pod", observed.PreemptionOf(pod))}.", since),
            ("DeadlineExceeded", _) =>
                Of(pod, ReasonCodes.TimeLimitExceeded, "The attempt ran longer than its time limit.", since),
            ("Evicted", _) =>
                Of(pod, ReasonCodes.Evicted, observed.Sentence("The pod was evicted", pod.Status.Message.FirstSentence()), since),
            ("Terminated" or "NodeShutdown" or "Shutdown", _) =>
                Of(pod, ReasonCodes.Evicted, $"{pod.NodeName()} was shut down.", since),
            (_, not null) =>
                Of(pod, ReasonCodes.Evicted, observed.Sentence("The pod was evicted", disruption.Message), since),
            (not null and not "", _) when !pod.AllContainers().Any() =>
                Of(pod, ReasonCodes.RefusedByNode, observed.Sentence($"{pod.NodeName()} would not take the pod", pod.Status.Message), since),
            _ => null,
        };
    }

    private static Reason? WhyItIsUnscheduled(this ObservedWorkload observed, ObservedPod pod)
    {
        if (pod.Condition("PodScheduled") is not { Status: "False" } condition)
            return null;
        var lacking = condition.Message.FirstSentence();
        return condition switch
        {
            { Reason: "SchedulingGated" } =>
                Of(pod, ReasonCodes.SchedulingGated, "The pod is held back until its scheduling gates are removed.", condition.LastTransitionTime),
            _ when lacking?.Contains("persistentvolumeclaim", StringComparison.OrdinalIgnoreCase) == true =>
                Of(pod, ReasonCodes.ClaimUnbound, observed.Sentence("A volume claim is not bound", lacking), condition.LastTransitionTime),
            _ => Of(pod, ReasonCodes.Unschedulable, observed.Sentence("No node can take the pod", lacking), condition.LastTransitionTime),
        };
    }

    // Until its volumes and its network are there a container only says that it is being made; the reason is in the events.
    private static Reason? WhyItIsNotMounted(this ObservedWorkload observed, ObservedPod pod)
    {
        if (!pod.IsScheduled() || pod.Containers().Any(container => container.State?.Waiting?.Reason is not "ContainerCreating"))
            return null;
        var trouble = observed.EventsOf(pod, "FailedMount", "FailedAttachVolume", "FailedCreatePodSandBox").MaxBy(happened => happened.Time());
        var since = trouble?.FirstTime();
        return trouble switch
        {
            null => null,
            { Reason: "FailedCreatePodSandBox" } =>
                Of(pod, ReasonCodes.ContainerCannotStart, "The node cannot set up the pod's network.", since),
            { Message: { } text } when text.Contains("not found") && (text.Contains("secret ") || text.Contains("configmap ")) =>
                Of(pod, ReasonCodes.ConfigMissing, observed.Sentence("A volume needs what is not there", text), since),
            _ => Of(pod, ReasonCodes.VolumeNotReady, observed.Sentence("A volume cannot be mounted", trouble.Message), since),
        };
    }

    private static string NodeName(this ObservedPod pod) => pod.Spec.NodeName is { } node ? $"The node {node}" : "The node";
}
