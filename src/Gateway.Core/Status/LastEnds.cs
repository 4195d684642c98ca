using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Status;

/// <summary>How the containers of a workload ended by themselves.</summary>
public static class LastEnds
{
    /// <summary>Whether a container of the pod has ended by itself. What was told to go may end as it likes.</summary>
    public static bool ShowsAnEnd(this ObservedPod pod) => pod.OwnEnds().Any();

    /// <summary>The last of all, of the pods that are there and of the one that is gone.</summary>
    internal static LastEnd? LastEnd(this ObservedWorkload observed)
    {
        var ends = observed.Pods.Append(observed.LastGone).OfType<ObservedPod>().SelectMany(pod => pod.OwnEnds().Select(end => (Pod: pod, end.Container, end.End)));
        var last = ends.OrderBy(one => one.End.FinishedAt).ThenBy(one => one.Pod.Metadata.Name, StringComparer.Ordinal).LastOrDefault();
        return last.End is null ? null : new()
        {
            Pod = last.Pod.Metadata.Name,
            Container = last.Container.Name,
            ExitCode = last.End.ExitCode,
            Reason = last.End.Reason,
            Message = last.End.NeverStarted() ? null : observed.OwnWords(last.End.Message),
            EndedAt = last.End.FinishedAt,
        };
    }

    // An init container that ended well is no news.
    private static IEnumerable<(ObservedContainerStatus Container, ObservedEnd End)> OwnEnds(this ObservedPod pod) => pod.IsDisrupted()
        ? []
        : pod.AllContainers()
            .Select(container => (Container: container, End: container.LastEnd()!))
            .Where(one => one.End is not null && (one.End.ExitCode != 0 || pod.Containers().Contains(one.Container)));
}
