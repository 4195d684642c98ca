using k8s.Models;

namespace Gateway.Core.Status;

/// <summary>
/// Pods that the scheduler stopped in favour of others. It deletes them, and says so in an event on their pod group:
/// https://github.com/kai-scheduler/KAI-Scheduler/blob/main/pkg/scheduler/cache/status_updater/default_status_updater.go
/// </summary>
internal static class Preemptions
{
    private const string EvictorName = "evictor-pod-group-name";
    private const string EvictorNamespace = "evictor-pod-group-namespace";

    /// <summary>How many pods were stopped, as far as events and pods still tell.</summary>
    internal static int PreemptedPods(this ObservedWorkload observed)
    {
        var events = observed.PreemptionEvents().ToList();
        return events.Count + observed.Pods.Count(pod => pod.IsPreempted() && !events.Any(stop => stop.Names(pod)));
    }

    /// <summary>The newest event of a pod that was stopped.</summary>
    internal static ObservedEvent? LastPreemption(this ObservedWorkload observed) =>
        observed.PreemptionEvents().MaxBy(stop => (stop.Time(), stop.Metadata.Uid));

    /// <summary>A sentence of whose pods were stopped, and for whom.</summary>
    internal static string Stopped(this ObservedWorkload observed, string what, ObservedEvent? stop) => stop switch
    {
        null => $"The scheduler stopped {what} in favour of another workload",
        _ when stop.Evictor() is { } evictor => $"The scheduler stopped {what} in favour of {evictor}",
        _ => observed.Sentence($"The scheduler stopped {what}", stop.Message.FirstSentence()).TrimEnd('.'),
    };

    /// <summary>The event that tells of a pod.</summary>
    internal static ObservedEvent? PreemptionOf(this ObservedWorkload observed, ObservedPod pod) =>
        observed.PreemptionEvents().FirstOrDefault(stop => stop.Names(pod));

    /// <summary>Whether the pod itself says that it was stopped in favour of another.</summary>
    internal static bool IsPreempted(this ObservedPod pod) =>
        pod.Status.Reason == "Preempting" || pod.Condition("DisruptionTarget") is { Status: "True", Reason: "PreemptionByScheduler" };

    private static IEnumerable<ObservedEvent> PreemptionEvents(this ObservedWorkload observed) => observed.Events.Where(happened => happened.IsPreemption());

    // A group's name, such as pg-notebook-<uid of the StatefulSet> or pg-mnist-x2x4l-<uid of the Job>, says what it is of.
    private static string? Evictor(this ObservedEvent stop) => stop.GetAnnotation(EvictorName) is { Length: > 0 } group
        ? $"{stop.GetAnnotation(EvictorNamespace)}/{PodGroup.OfWhat(group)}"
        : null;

    private static bool Names(this ObservedEvent stop, ObservedPod pod) =>
        stop.InvolvedObject.Uid == pod.Metadata.Uid || stop.Message?.Contains($"/{pod.Metadata.Name} ", StringComparison.Ordinal) == true;
}
