using System.Net;
using Gateway.Api.Cluster.Connection;
using Gateway.Api.Projects;
using Gateway.Core.Usage;
using Gateway.Core.Workloads;
using k8s;

namespace Gateway.Api.Cluster;

/// <summary>The scheduler's queues, which the gateway reads as itself.</summary>
internal sealed class ClusterQueues(ClusterConnection cluster)
{
    /// <summary>What the queue of a project, which has its name, guarantees; null where there is none, or the gateway may not read it.</summary>
    public async Task<QueueQuota?> OfAsync(Project project, CancellationToken cancellationToken)
    {
        if (!KubernetesNames.IsObjectName(project.Name))
            return null;
        try
        {
            return await cluster.Gateway.CustomObjects.GetClusterCustomObjectAsync<QueueQuota>(
                QueueQuota.Group, QueueQuota.Version, QueueQuota.Plural, project.Name, cancellationToken);
        }
        catch (ClusterException e) when (e.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
        {
            return null;
        }
    }
}
