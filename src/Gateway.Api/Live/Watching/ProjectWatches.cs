using Gateway.Api.Cluster.Connection;
using Gateway.Api.Cluster.Watching;
using Gateway.Api.Live.Pictures;
using Gateway.Api.Projects;
using Gateway.Core.Scheduling;
using Gateway.Core.Status;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Live.Watching;

/// <summary>Makes what watches a project: one watch for each kind of object that a workload is read from.</summary>
internal sealed class ProjectWatches(ClusterConnection cluster, SchedulerDialect dialect, IOptions<LiveOptions> options, TimeProvider time, ILogger<ProjectWatch> log)
{
    /// <summary>What watches a project, not begun yet.</summary>
    public ProjectWatch Of(Project project)
    {
        var picture = new Picture(dialect);
        Informer<T> Informer<T>(string resource, bool optional = false)
            where T : IKubernetesObject<V1ObjectMeta> => new(new(cluster, project.Namespace, resource, time), picture, optional, options, time, log);
        return new(picture,
        [
            Informer<V1Job>("apis/batch/v1/jobs"),
            Informer<V1StatefulSet>("apis/apps/v1/statefulsets"),
            Informer<ObservedPod>("api/v1/pods"),
            Informer<ObservedEvent>("api/v1/events"),
            Informer<PodGroup>($"apis/{PodGroup.Group}/{PodGroup.Version}/{PodGroup.Plural}", optional: true),
        ],
        log);
    }
}
