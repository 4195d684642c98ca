using System.Net;
using Gateway.Api.Cluster.Connection;
using Gateway.Api.Projects;
using k8s;

namespace Gateway.Api.Cluster;

/// <summary>The quotas and limit ranges of projects.</summary>
internal sealed class ClusterLimits(ClusterConnection cluster)
{
    /// <summary>Whether a project has any; none where its account may not list them.</summary>
    public async Task<bool> AnyAsync(Project project, CancellationToken cancellationToken)
    {
        var (client, space) = (cluster.ForNamespace(project.Namespace).CoreV1, project.Namespace);
        var found = await Task.WhenAll(
            AnyAsync(client.ListNamespacedResourceQuotaAsync(space, limit: 1, cancellationToken: cancellationToken), list => list.Items.Count),
            AnyAsync(client.ListNamespacedLimitRangeAsync(space, limit: 1, cancellationToken: cancellationToken), list => list.Items.Count));
        return found.Contains(true);
    }

    private static async Task<bool> AnyAsync<T>(Task<T> list, Func<T, int> count)
    {
        try
        {
            return count(await list) > 0;
        }
        catch (ClusterException e) when (e.Status == HttpStatusCode.Forbidden)
        {
            return false;
        }
    }
}
