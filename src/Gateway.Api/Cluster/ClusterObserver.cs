using System.Net;
using Gateway.Api.Cluster.Connection;
using Gateway.Api.Projects;
using Gateway.Core.Manifests;
using Gateway.Core.Scheduling;
using Gateway.Core.Status;
using Gateway.Core.Workloads;
using k8s;
using k8s.Models;

namespace Gateway.Api.Cluster;

/// <summary>A workload together with its pods, events and pod groups, read from the cluster at the moment of asking.</summary>
internal sealed class ClusterObserver(ClusterConnection cluster, SchedulerDialect dialect)
{
    // Of many pods that do not run the newest explain why.
    private const int ExplainingPods = 5;

    /// <summary>A workload with all that its status is read from.</summary>
    public async Task<ObservedWorkload> ObserveAsync(Project project, IKubernetesObject<V1ObjectMeta> owner, CancellationToken cancellationToken) =>
        await ExplainAsync(project, await ObservePodsAsync(project, owner, cancellationToken), cancellationToken);

    /// <summary>A workload with its pods alone: how it is, and not why.</summary>
    public async Task<ObservedWorkload> ObservePodsAsync(Project project, IKubernetesObject<V1ObjectMeta> owner, CancellationToken cancellationToken)
    {
        var listed = await cluster.ForNamespace(project.Namespace).CoreV1.ListNamespacedPodAsync(project.Namespace, labelSelector: Text(owner.PodSelector()), cancellationToken: cancellationToken);
        return new() { Owner = owner, Dialect = dialect, Pods = [.. listed.Items.Select(ObservedPod.Of).Where(pod => pod.GetController()?.Uid == owner.Metadata.Uid)] };
    }

    /// <summary>The workload with its events and pod groups too, which clusters search for at length.</summary>
    public async Task<ObservedWorkload> ExplainAsync(Project project, ObservedWorkload bare, CancellationToken cancellationToken)
    {
        var (client, space, waiting) = (cluster.ForNamespace(project.Namespace), project.Namespace, Waiting(bare.Pods).ToList());
        var groups = await GroupsAsync(client, space, waiting, cancellationToken);
        var observed = bare with { PodGroups = groups };
        var evictions = EventsAsync(client, space, $"involvedObject.kind={PodGroup.KubeKind},reason={EventReading.Eviction}", cancellationToken);
        string[] sources = [bare.Owner.Metadata.Uid, .. waiting.Select(pod => pod.Metadata.Uid)];
        var others = await Task.WhenAll(sources.Select(uid => EventsAsync(client, space, $"involvedObject.uid={uid}", cancellationToken)));
        return observed with { Events = [.. others.SelectMany(events => events), .. (await evictions).Where(happened => happened.Concerns(observed))] };
    }

    private static IEnumerable<ObservedPod> Waiting(IEnumerable<ObservedPod> pods) => pods
        .Where(pod => pod.Status.Phase is "Pending" or "Failed").OrderByDescending(pod => pod.Metadata.CreationTimestamp).Take(ExplainingPods);

    private static async Task<IEnumerable<ObservedEvent>> EventsAsync(IKubernetes client, string space, string fields, CancellationToken cancellationToken) =>
        (await client.CoreV1.ListNamespacedEventAsync(space, fieldSelector: fields, cancellationToken: cancellationToken)).Items.Select(ObservedEvent.Of);

    private static async Task<IReadOnlyList<PodGroup>> GroupsAsync(IKubernetes client, string space, IEnumerable<ObservedPod> pods, CancellationToken cancellationToken)
    {
        var names = pods.Select(pod => pod.GetAnnotation(PodGroup.NameKey)).OfType<string>().Where(KubernetesNames.IsObjectName).Distinct();
        var groups = await Task.WhenAll(names.Select(name => GroupAsync(client, space, name, cancellationToken)));
        return [.. groups.OfType<PodGroup>()];
    }

    // Not every cluster has pod groups, or lets them be read.
    private static async Task<PodGroup?> GroupAsync(IKubernetes client, string space, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await client.CustomObjects.GetNamespacedCustomObjectAsync<PodGroup>(PodGroup.Group, PodGroup.Version, space, PodGroup.Plural, name, cancellationToken);
        }
        catch (ClusterException e) when (e.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
        {
            return null;
        }
    }

    // https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
    private static string Text(V1LabelSelector selector) => string.Join(
        ',',
        [
            .. (selector.MatchLabels ?? new Dictionary<string, string>()).Select(label => $"{label.Key}={label.Value}"),
            .. (selector.MatchExpressions ?? []).Select(Text),
        ]);

    private static string Text(V1LabelSelectorRequirement requirement) => requirement.OperatorProperty switch
    {
        "Exists" => requirement.Key,
        "DoesNotExist" => $"!{requirement.Key}",
        "NotIn" => $"{requirement.Key} notin ({string.Join(',', requirement.Values)})",
        _ => $"{requirement.Key} in ({string.Join(',', requirement.Values)})",
    };
}
