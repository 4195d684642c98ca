using Gateway.Api.Cluster;
using Gateway.Api.Errors;
using Gateway.Api.Projects;
using Gateway.Core.Manifests;
using Gateway.Core.Status;

namespace Gateway.Api.Workloads;

/// <summary>What suspends and resumes workloads.</summary>
internal static class SteerHandlers
{
    // Its controller writes to the object as well.
    private const int Attempts = 5;

    public static Task<WorkloadAnswer> SuspendWorkload(
        ProjectAccess access, [AsParameters] WorkloadAddress address, HttpRequest request, WorkloadFinder finder, ClusterWorkloads workloads, ProjectShares shares, TimeProvider time, CancellationToken cancellationToken) =>
        SteerAsync(access, address, request, finder, workloads, shares, time, suspend: true, cancellationToken);

    public static Task<WorkloadAnswer> ResumeWorkload(
        ProjectAccess access, [AsParameters] WorkloadAddress address, HttpRequest request, WorkloadFinder finder, ClusterWorkloads workloads, ProjectShares shares, TimeProvider time, CancellationToken cancellationToken) =>
        SteerAsync(access, address, request, finder, workloads, shares, time, suspend: false, cancellationToken);

    private static async Task<WorkloadAnswer> SteerAsync(
        ProjectAccess access, WorkloadAddress address, HttpRequest request, WorkloadFinder finder, ClusterWorkloads workloads, ProjectShares shares, TimeProvider time, bool suspend, CancellationToken cancellationToken)
    {
        using var share = await shares.TakeAsync(access, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var (observed, at) = await finder.ObserveToChangeAsync(access, "patch", address, exact: request.Headers.IfMatch.Count > 0, cancellationToken);
            var (owner, workload) = (observed.Owner, observed.ToWorkload(access.Project.Name, request.PathBase));
            workload.RequireUnmanaged();
            workload.RequireMatch(request);
            if (workload.Phase is Phase.Completed or Phase.Failed or Phase.Deleting)
                throw new ProblemException(ProblemTypes.NotAllowedInPhase.With($"A workload that is {workload.Phase} can be neither suspended nor resumed.") with { Uid = workload.Uid });
            if (owner.IsSuspended() == suspend)
                return new(StatusCodes.Status200OK, workload, at);
            try
            {
                // What is written is to be known, though the caller hang up.
                var changed = await workloads.PatchAsync(access.Project, owner, suspend ? owner.ToSuspend() : owner.ToResume(time.GetUtcNow().UtcDateTime), CancellationToken.None)
                    ?? throw new ProblemException(ProblemTypes.WorkloadNotFound.With("The workload was deleted a moment ago."));
                (observed, at) = await finder.ObserveChangedAsync(access.Project, changed, cancellationToken);
                return new(StatusCodes.Status202Accepted, observed.ToWorkload(access.Project.Name, request.PathBase), at);
            }
            catch (ClusterException e) when (e.Status == System.Net.HttpStatusCode.Conflict && attempt < Attempts)
            {
            }
        }
    }
}
