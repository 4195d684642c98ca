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

/// <summary>A workload together with its pods, events and pod group, read from the cluster at the moment of asking.</summary>
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
        return new() { Owner = owner, Dialect = dialect, Pods = [.. listed.Items.Where(pod => pod.GetController()?.Uid == owner.Metadata.Uid)] };
    }

    /// <summary>The workload with its events and pod group too, which clusters search for at length.</summary>
    public async Task<ObservedWorkload> ExplainAsync(Project project, ObservedWorkload bare, CancellationToken cancellationToken)
    {
        var (client, space, pods) = (cluster.ForNamespace(project.Namespace), project.Namespace, bare.Pods);
        var group = await GroupAsync(client, space, pods, cancellationToken);
        IEnumerable<string> sources = [bare.Owner.Metadata.Uid, .. Waiting(pods).Select(pod => pod.Metadata.Uid), .. group is null ? [] : new[] { group.Metadata.Uid }];
        var events = await Task.WhenAll(sources.Select(uid => client.CoreV1.ListNamespacedEventAsync(space, fieldSelector: $"involvedObject.uid={uid}", cancellationToken: cancellationToken)));
        return bare with { Events = [.. events.SelectMany(list => list.Items)], PodGroup = group };
    }

    private static IEnumerable<V1Pod> Waiting(IEnumerable<V1Pod> pods) => pods
        .Where(pod => pod.Status?.Phase is "Pending" or "Failed").OrderByDescending(pod => pod.Metadata.CreationTimestamp).Take(ExplainingPods);

    // Not every cluster has pod groups, or lets them be read.
    private static async Task<PodGroup?> GroupAsync(IKubernetes client, string space, IEnumerable<V1Pod> pods, CancellationToken cancellationToken)
    {
        if (pods.Select(pod => pod.GetAnnotation(PodGroup.NameKey)).FirstOrDefault(name => name is not null) is not { } name || !KubernetesNames.IsObjectName(name))
            return null;
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
