using Gateway.Api.Cluster.Connection;
using Gateway.Api.Projects;
using Gateway.Core.Status;
using k8s;

namespace Gateway.Api.Cluster;

/// <summary>The events of a project's namespace.</summary>
internal sealed class ClusterEvents(ClusterConnection cluster)
{
    private const int PageSize = 500;

    /// <summary>Those that are about a workload. The cluster cannot choose by the pods that are gone, so all are looked at, page by page.</summary>
    public async Task<IReadOnlyList<ObservedEvent>> OfAsync(Project project, ObservedWorkload observed, CancellationToken cancellationToken)
    {
        var client = cluster.ForNamespace(project.Namespace);
        List<ObservedEvent> found = [];
        string? next = null;
        do
        {
            var page = await client.CoreV1.ListNamespacedEventAsync(project.Namespace, limit: PageSize, continueParameter: next, cancellationToken: cancellationToken);
            found.AddRange(page.Items.Select(ObservedEvent.Of).Where(happened => happened.Concerns(observed)));
            next = page.Metadata.ContinueProperty;
        }
        while (!string.IsNullOrEmpty(next));
        return found;
    }
}
