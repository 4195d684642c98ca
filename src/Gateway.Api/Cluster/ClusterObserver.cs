using Gateway.Api.Cluster.Connection;
using Gateway.Api.Projects;
using Gateway.Core.Manifests;
using Gateway.Core.Scheduling;
using Gateway.Core.Status;
using k8s;
using k8s.Models;

namespace Gateway.Api.Cluster;

/// <summary>Workloads together with their pods and events, read from the cluster at the moment of asking.</summary>
internal sealed class ClusterObserver(ClusterConnection cluster, ClusterWorkloads workloads, SchedulerDialect dialect)
{
    private const int PageSize = 500;

    /// <summary>A workload with its pods and events.</summary>
    public async Task<ObservedWorkload> ObserveAsync(Project project, IKubernetesObject<V1ObjectMeta> owner, CancellationToken cancellationToken)
    {
        var (client, space, uid) = (cluster.ForNamespace(project.Namespace), project.Namespace, owner.Metadata.Uid);
        var pods = client.CoreV1.ListNamespacedPodAsync(space, labelSelector: Text(owner.PodSelector()), cancellationToken: cancellationToken);
        var events = client.CoreV1.ListNamespacedEventAsync(space, fieldSelector: $"involvedObject.uid={uid}", cancellationToken: cancellationToken);
        return new() { Owner = owner, Dialect = dialect, Pods = [.. (await pods).Items.Where(pod => pod.GetController()?.Uid == uid)], Events = [.. (await events).Items] };
    }

    /// <summary>Every workload of the project with its pods, and with the events that say why pods could not be made.</summary>
    public async Task<IReadOnlyList<ObservedWorkload>> ListAsync(Project project, string? labelSelector, CancellationToken cancellationToken)
    {
        var (client, space) = (cluster.ForNamespace(project.Namespace), project.Namespace);
        var jobs = AllPagesAsync<V1JobList, V1Job>(page =>
            client.BatchV1.ListNamespacedJobAsync(space, labelSelector: labelSelector, limit: PageSize, continueParameter: page, cancellationToken: cancellationToken));
        var sets = AllPagesAsync<V1StatefulSetList, V1StatefulSet>(page =>
            client.AppsV1.ListNamespacedStatefulSetAsync(space, labelSelector: labelSelector, limit: PageSize, continueParameter: page, cancellationToken: cancellationToken));
        var pods = AllPagesAsync<V1PodList, V1Pod>(page =>
            client.CoreV1.ListNamespacedPodAsync(space, limit: PageSize, continueParameter: page, cancellationToken: cancellationToken));
        var events = AllPagesAsync<Corev1EventList, Corev1Event>(page =>
            client.CoreV1.ListNamespacedEventAsync(space, fieldSelector: "reason=FailedCreate", limit: PageSize, continueParameter: page, cancellationToken: cancellationToken));
        await Task.WhenAll(jobs, sets, pods, events);
        return Join([.. await jobs, .. await sets], await pods, await events);
    }

    private List<ObservedWorkload> Join(IReadOnlyList<IKubernetesObject<V1ObjectMeta>> owners, IReadOnlyList<V1Pod> pods, IReadOnlyList<Corev1Event> events)
    {
        var podsByOwner = pods.ToLookup(pod => pod.GetController()?.Uid);
        var eventsByOwner = events.ToLookup(e => e.InvolvedObject.Uid);
        return [.. from owner in owners
                   where workloads.IsOurs(owner)
                   let uid = owner.Metadata.Uid
                   select new ObservedWorkload { Owner = owner, Dialect = dialect, Pods = [.. podsByOwner[uid]], Events = [.. eventsByOwner[uid]] }];
    }

    private static async Task<IReadOnlyList<T>> AllPagesAsync<TList, T>(Func<string?, Task<TList>> read)
        where TList : IItems<T>, IMetadata<V1ListMeta>
    {
        List<T> all = [];
        string? next = null;
        do
        {
            var page = await read(next);
            all.AddRange(page.Items);
            next = page.Metadata?.ContinueProperty;
        }
        while (!string.IsNullOrEmpty(next));
        return all;
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
