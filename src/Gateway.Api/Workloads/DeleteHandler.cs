using Gateway.Api.Cluster;
using Gateway.Api.Errors;
using Gateway.Api.Projects;
using Gateway.Core.Status;
using k8s.Models;

namespace Gateway.Api.Workloads;

/// <summary>What deletes workloads.</summary>
internal static class DeleteHandler
{
    public static async Task<WorkloadAnswer> DeleteWorkload(
        ProjectAccess access, [AsParameters] WorkloadAddress address, HttpRequest request, WorkloadFinder finder, ClusterWorkloads workloads, TimeProvider time, CancellationToken cancellationToken)
    {
        var project = access.Project;
        var (observed, observedAt) = await finder.ObserveAsync(access, "delete", address, cancellationToken);
        if (observed.Owner.GetController() is { } controller)
            throw new ProblemException(ProblemTypes.ManagedElsewhere.With($"{controller.Kind}/{controller.Name} made this workload and would make it again: delete it there."));
        var workload = observed.ToWorkload(project.Name, request.PathBase);
        if (!WorkloadAnswer.Matches(request, workload))
            throw new ProblemException(ProblemTypes.PreconditionFailed.With("The workload has changed since the ETag of If-Match was given.") with { Uid = workload.Uid });
        if (observed.Owner.Metadata.DeletionTimestamp is not null)
            return new(StatusCodes.Status202Accepted, workload, observedAt);
        if (!await workloads.DeleteAsync(project, observed.Owner, cancellationToken))
            throw new ProblemException(ProblemTypes.WorkloadNotFound.With("The workload was deleted a moment ago."));
        observedAt = time.GetUtcNow();
        var left = await finder.FindAgainAsync(project, observed.Owner, cancellationToken);
        return new(StatusCodes.Status202Accepted, left?.ToWorkload(project.Name, request.PathBase) ?? workload.ToReceipt(observedAt.UtcDateTime), observedAt);
    }
}
