using Gateway.Core.Manifests;
using Gateway.Core.Status;
using k8s.Models;

namespace Gateway.Core.Logs;

/// <summary>Which pod and which container of a workload a log is read from.</summary>
public static class LogSources
{
    private const int MostNames = 20;

    /// <summary>The log that is wished for: of the newest pod unless told otherwise.</summary>
    public static LogFinding FindLog(this ObservedWorkload observed, LogWish wish)
    {
        if (observed.WrongIndex(wish.Index) is { } wrong)
            return wrong;
        var pods = observed.Pods.Where(pod => wish.Index is null || pod.Index() == wish.Index).NewestFirst().ToList();
        var pod = pods.FirstOrDefault(one => wish.Pod is null || one.Metadata.Name == wish.Pod);
        return pod is not null ? observed.FindLog(pod, wish)
            : wish.Pod is not null && !observed.Owner.Owns(wish.Pod) ? new LogFinding.Wrong("pod", $"is none of this workload's pods; there are: {Names(pods)}")
            : WrongContainer(NamesOf(observed.Owner.PodTemplate().Spec), wish.Container) ?? observed.WithoutPod(wish, pods);
    }

    private static LogFinding FindLog(this ObservedWorkload observed, ObservedPod pod, LogWish wish)
    {
        if (WrongContainer(NamesOf(pod.Spec), wish.Container) is { } wrong)
            return wrong;
        var container = wish.Container ?? Main(pod);
        var finding = pod.FindRun(container, wish.Previous, wish.Run);
        if (finding is LogFinding.Found)
            return finding;
        var others = observed.Pods.Where(other => other != pod && wish.Pod is null && wish.Run is null).NewestFirst().ToList();
        var hint = others.Count == 0 ? "" : $" Other pods of the workload: {Names(others)}.";
        return finding switch
        {
            LogFinding.NotYet none => none with { Because = none.Because + Why(observed, pod) + hint },
            LogFinding.Gone none => none with { Because = none.Because + hint },
            _ => finding,
        };
    }

    private static string Why(ObservedWorkload observed, ObservedPod pod) => observed.ReasonOf(pod) is { } reason ? $" {reason.Message}" : "";

    private static LogFinding WithoutPod(this ObservedWorkload observed, LogWish wish, List<ObservedPod> pods)
    {
        var which = wish.Pod is { } name ? $"The pod {name} is" : wish.Index is { } index ? $"The pod of index {index} is" : "The workload's pods are";
        if (wish.Run is not null || observed.Phase() is Phase.Completed or Phase.Failed or Phase.Deleting || (wish.Pod is not null && observed.Owner is V1Job))
            return new LogFinding.Gone($"{which} gone, and the logs with them.{(pods.Count == 0 ? "" : $" There are: {Names(pods)}.")}");
        var reason = observed.Reason() is { } some ? $" {some.Message}" : "";
        return new LogFinding.NotYet($"{which} not there.{reason}");
    }

    private static LogFinding.Wrong? WrongIndex(this ObservedWorkload observed, int? index)
    {
        if (index is null)
            return null;
        var most = observed.Owner switch
        {
            V1Job { Spec: { CompletionMode: "Indexed" } spec } => spec.Completions ?? 1,
            // A suspended build wants no pods, and had as many as nobody tells here.
            V1StatefulSet set => set.Replicas() is > 0 and var wanted ? Math.Max(wanted, 1 + (observed.Pods.Max(pod => pod.Index()) ?? 0)) : int.MaxValue,
            _ => 0,
        };
        return most == 0 ? new("index", "is for builds and indexed trains; choose a pod of this train by its name")
            : index < 0 || index >= most ? new("index", $"must be 0 to {most - 1}")
            : null;
    }

    private static LogFinding.Wrong? WrongContainer(IReadOnlyList<string> names, string? name) =>
        name is null || names.Contains(name) ? null : new("container", $"must be one of: {string.Join(", ", names)}");

    private static IReadOnlyList<string> NamesOf(ObservedPodSpec spec) =>
        [.. spec.Containers.Concat(spec.InitContainers).Concat(spec.EphemeralContainers).Select(one => one.Name)];

    private static IReadOnlyList<string> NamesOf(V1PodSpec template) =>
        [.. template.Containers.Concat(template.InitContainers ?? []).Select(one => one.Name)];

    // https://kubernetes.io/docs/reference/labels-annotations-taints/#kubectl-kubernetes-io-default-container
    private static string Main(ObservedPod pod) =>
        pod.Spec.Containers.FirstOrDefault(one => one.Name == pod.GetAnnotation("kubectl.kubernetes.io/default-container"))?.Name ?? pod.Spec.Containers[0].Name;

    private static string Names(List<ObservedPod> pods) => pods.Count == 0 ? "none"
        : string.Join(", ", pods.Take(MostNames).Select(pod => pod.Metadata.Name)) + (pods.Count > MostNames ? $" and {pods.Count - MostNames} more" : "");
}
