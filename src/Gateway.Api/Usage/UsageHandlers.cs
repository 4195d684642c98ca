using Gateway.Api.Cluster;
using Gateway.Api.Live;
using Gateway.Api.Projects;
using Gateway.Api.Workloads;
using Gateway.Core.Usage;

namespace Gateway.Api.Usage;

/// <summary>What says how much of the cluster a project takes.</summary>
internal static class UsageHandlers
{
    public static async Task<IResult> GetProject(ProjectAccess access, LivePictures live, ClusterQueues queues, CancellationToken cancellationToken)
    {
        var project = access.Project;
        var picture = await live.GetAsync(project, cancellationToken);
        var used = picture.Workloads.Aggregate(default(GpuUsage), (sum, one) => sum + one.Gpus);
        var quota = (await queues.OfAsync(project, cancellationToken))?.Gpus;
        return new WorkloadAnswer(StatusCodes.Status200OK, used.ToAnswer(project.Name, project.Namespace, quota), picture.HeardAt);
    }
}
