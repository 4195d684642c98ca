using System.ComponentModel;
using Gateway.Api.Cluster;
using Gateway.Api.Errors;
using Gateway.Api.Projects;
using Gateway.Core.Status;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.Api.Workloads;

/// <summary>What deletes workloads.</summary>
internal static class DeleteHandler
{
    public static async Task<WorkloadAnswer> DeleteWorkload(
        ProjectAccess access,
        [AsParameters] WorkloadAddress address,
        [AsParameters] WaitParameters parameters,
        [FromQuery(Name = "force")][Description("With `true`, and `uid`, pods whose node does not answer are forgotten too. They may still run there.")] bool? force,
        HttpRequest request,
        Deletions deletions,
        CancellationToken cancellationToken)
    {
        var wait = parameters.Time;
        if (force == true && address.Uid is null)
            throw Query.Refuse("force", "needs uid: pods are forgotten only of the very workload that was looked at");
        var (left, seen, requestedAt, at) = await deletions.DeleteAsync(access, address, force == true, request, cancellationToken);
        if (wait is { } time && left is { } going)
            (left, at) = await WaitAsync(deletions, access.Project, going, time, cancellationToken);
        var workload = left?.ToWorkload(access.Project.Name, request.PathBase) ?? seen.ToReceipt(requestedAt, at.UtcDateTime);
        return new(wait is not null && left is null ? StatusCodes.Status200OK : StatusCodes.Status202Accepted, workload, at);
    }

    // Whatever comes of the waiting, it is being deleted.
    private static async Task<(ObservedWorkload? Left, DateTimeOffset At)> WaitAsync(Deletions deletions, Project project, ObservedWorkload left, TimeSpan wait, CancellationToken cancellationToken)
    {
        try
        {
            return await deletions.UntilGoneAsync(project, left, wait, cancellationToken);
        }
        catch (ClusterException e)
        {
            throw new ProblemException(e.ToProblem() with { Outcome = Outcome.Done }, e);
        }
    }
}
