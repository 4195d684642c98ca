using Gateway.Core.Status;
using k8s.Models;

namespace Gateway.Core.Logs;

/// <summary>The runs of a container whose logs its node keeps: the latest one, and the one before.</summary>
public static class ContainerRuns
{
    /// <summary>The run that is wished for. A container that waits to be started again has its latest run behind it.</summary>
    internal static LogFinding FindRun(this ObservedPod pod, string container, bool previous, string? run)
    {
        var status = pod.Status(container);
        var (latest, before) = (Latest(pod.Metadata.Name, status), Before(pod.Metadata.Name, status));
        var wanted = run is null ? previous ? before : latest : new[] { latest, before }.FirstOrDefault(one => one?.Run == run);
        return wanted is not null ? new LogFinding.Found(wanted)
            : run is not null ? new LogFinding.Gone($"That run of the container {container} of the pod {pod.Metadata.Name} is not kept any more.")
            : previous && latest is not null && status!.RestartCount > 0 ? new LogFinding.Gone($"The run of the container {container} of the pod {pod.Metadata.Name} before this one is not kept any more.")
            : previous && latest is not null ? new LogFinding.NotYet($"The container {container} of the pod {pod.Metadata.Name} has not been started again: there is no run before this one.")
            : !pod.IsLive() ? new LogFinding.Gone($"The pod {pod.Metadata.Name} ended, and its container {container} has no log.")
            : new LogFinding.NotYet($"The container {container} of the pod {pod.Metadata.Name} has not started.");
    }

    private static LogSource? Latest(string pod, ObservedContainerStatus? status) => status?.State switch
    {
        { Running: not null } when status.ContainerID is { Length: > 0 } id => new(pod, status.Name, id, Previous: false, Over: false),
        { Terminated.ContainerID: { Length: > 0 } id } => new(pod, status.Name, id, Previous: false, Over: true),
        { Running: null } when Ended(status.LastState) is { } id => new(pod, status.Name, id, Previous: false, Over: true),
        _ => null,
    };

    private static LogSource? Before(string pod, ObservedContainerStatus? status) =>
        Ended(status?.LastState) is { } id ? new(pod, status!.Name, id, Previous: true, Over: true) : null;

    private static string? Ended(ObservedContainerState? state) => state?.Terminated?.ContainerID is { Length: > 0 } id ? id : null;

    private static ObservedContainerStatus? Status(this ObservedPod pod, string container) =>
        pod.AllContainers().Concat(pod.Status.EphemeralContainerStatuses).FirstOrDefault(status => status.Name == container);
}
