using Gateway.Core.Workloads;
using k8s.Models;
using static Gateway.Core.Status.ReasonFrom;

namespace Gateway.Core.Status;

/// <summary>Why a container waits, and why it ended.</summary>
internal static class ContainerReason
{
    private static readonly (string Sign, string Cause)[] PullFailures =
    [
        ("InvalidImageName", "its name is not a legal image reference"),
        ("ErrImageNeverPull", "it is not on the node, and its pull policy is Never"),
        ("unauthorized", "the registry refuses access"),
        ("authorization failed", "the registry refuses access"),
        ("denied", "the registry refuses access"),
        ("forbidden", "the registry refuses access"),
        ("not found", "it does not exist"),
        ("manifest unknown", "it does not exist"),
        ("toomanyrequests", "the registry allows no more pulls for now"),
        ("no match for platform", "it is not made for the node's processor"),
        ("connection refused", "the registry cannot be reached"),
        ("no such host", "the registry cannot be reached"),
        ("timeout", "the registry cannot be reached"),
        ("no space left", "the node has no room for it"),
    ];

    // The runtime's own text is not repeated: it holds the command with the values of variables filled in.
    private static readonly (string Sign, string Cause)[] StartFailures =
    [
        ("executable file not found", "the image has no such command"),
        ("no such file or directory", "the image has no such command or directory"),
        ("permission denied", "its command may not be executed"),
        ("exec format error", "its command is not made for the node's processor"),
        ("runAsNonRoot and image will run as root", "the image runs as root, which runAsNonRoot forbids"),
        ("non-numeric user", "the image names its user by name, and runAsNonRoot needs a number: set runAsUser"),
        ("nvidia-container", "the node's GPU cannot be given to it"),
        ("context deadline exceeded", "the node takes too long to make it"),
    ];

    /// <summary>The reason that the containers of a pod give, init containers first.</summary>
    internal static Reason? ContainersReason(this ObservedWorkload observed, ObservedPod pod) =>
        pod.AllContainers().Select(container => observed.WhyItWaits(pod, container)).FirstOrDefault(reason => reason is not null)
        ?? pod.AllContainers().Select(container => WhyItEnded(pod, container, container.State?.Terminated)).FirstOrDefault(reason => reason is not null)
        ?? pod.Containers().Select(container => WhyItIsNotReady(pod, container)).FirstOrDefault(reason => reason is not null);

    private static Reason? WhyItWaits(this ObservedWorkload observed, ObservedPod pod, ObservedContainerStatus container)
    {
        if (container.State?.Waiting is not { Reason: not (null or "" or "ContainerCreating" or "PodInitializing") } waiting)
            return null;
        var since = pod.Condition("ContainersReady")?.LastTransitionTime;
        var cause = $"{waiting.Reason} {waiting.Message}";
        return waiting.Reason switch
        {
            "CrashLoopBackOff" => Of(pod, ReasonCodes.CrashLoop, container.Looping(pod), container.LastEnd()?.FinishedAt ?? since),
            var reason when reason.Contains("Image", StringComparison.Ordinal) =>
                Of(pod, ReasonCodes.ImageCannotBePulled, Because($"The image {pod.ImageOf(container)} cannot be pulled", cause, PullFailures), since),
            "CreateContainerConfigError" when waiting.Message.SpeaksOfConfig() =>
                Of(pod, ReasonCodes.ConfigMissing, observed.Sentence("The container needs what is not there", waiting.Message), since),
            _ => Of(pod, ReasonCodes.ContainerCannotStart, container.CannotStart(cause), since),
        };
    }

    /// <summary>The reason that the last ends of a pod's containers give.</summary>
    internal static Reason? EndReason(ObservedPod pod) =>
        pod.AllContainers().Select(container => WhyItEnded(pod, container, container.LastEnd())).FirstOrDefault(reason => reason is not null);

    private static Reason? WhyItEnded(ObservedPod pod, ObservedContainerStatus container, ObservedEnd? ended) => ended switch
    {
        null => null,
        { ExitCode: 0 } end => pod.Spec.RestartPolicy == "Always" && pod.Containers().Contains(container)
            ? Of(pod, ReasonCodes.ContainerEnded, $"The container {container.Name} ended well and is being started again.", end.FinishedAt)
            : null,
        var end when end.NeverStarted() => Of(pod, ReasonCodes.ContainerCannotStart, container.CannotStart(end.Message), end.FinishedAt),
        { Reason: "OOMKilled" } end => Of(pod, ReasonCodes.OutOfMemory, $"{container.End(pod)}.", end.FinishedAt),
        var end => Of(pod, ReasonCodes.NonZeroExit, $"{container.End(pod)}.", end.FinishedAt),
    };

    private static Reason? WhyItIsNotReady(ObservedPod pod, ObservedContainerStatus container) => container is { State.Running: not null, Ready: false }
        ? Of(pod, ReasonCodes.NotReady, $"The container {container.Name} runs and is not ready.", pod.Condition("Ready")?.LastTransitionTime)
        : null;

    private static string Looping(this ObservedContainerStatus container, ObservedPod pod) =>
        $"{container.End(pod)}; after {container.RestartCount} restart{(container.RestartCount == 1 ? "" : "s")} the next one waits.";

    private static string End(this ObservedContainerStatus container, ObservedPod pod) => container.LastEnd() switch
    {
        { Reason: "OOMKilled" } => $"The container {container.Name} used more memory than {pod.MemoryLimitOf(container)} and was killed",
        { ExitCode: 137 } => $"The container {container.Name} was killed (exit code 137)",
        { } end => $"The container {container.Name} ended with exit code {end.ExitCode}",
        null => $"The container {container.Name} ends again and again",
    };

    private static string ImageOf(this ObservedPod pod, ObservedContainerStatus container) => pod.Spec(container)?.Image ?? container.Image;

    private static string MemoryLimitOf(this ObservedPod pod, ObservedContainerStatus container) =>
        pod.Spec(container)?.Resources?.Limits.TryGetValue("memory", out var limit) == true ? $"its limit of {limit}" : "the node had";

    private static ObservedContainer? Spec(this ObservedPod pod, ObservedContainerStatus status) =>
        pod.Spec.InitContainers.Concat(pod.Spec.Containers).FirstOrDefault(container => container.Name == status.Name);

    private static bool SpeaksOfConfig(this string? message) =>
        message?.Contains("secret", StringComparison.OrdinalIgnoreCase) == true
        || message?.Contains("configmap", StringComparison.OrdinalIgnoreCase) == true;

    private static string CannotStart(this ObservedContainerStatus container, string? cause) =>
        Because($"The container {container.Name} cannot be started", cause, StartFailures);

    private static string Because(string lead, string? cause, (string Sign, string Cause)[] causes) =>
        causes.FirstOrDefault(known => cause?.Contains(known.Sign, StringComparison.OrdinalIgnoreCase) == true).Cause is { } plain
            ? $"{lead}: {plain}."
            : $"{lead}.";
}
