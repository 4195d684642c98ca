using Gateway.Api.Cluster;
using Gateway.Api.Live;
using Gateway.Api.Projects;
using Gateway.Core.Status;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads;

/// <summary>Deletes workloads, and waits until they are gone.</summary>
internal sealed class Deletions(WorkloadFinder finder, ClusterWorkloads workloads, ProjectShares shares, LivePictures live, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>Has the workload deleted: what is left of it, null when that is nothing, and how it was seen before. Asking again while it goes does no more.</summary>
    public async Task<(ObservedWorkload? Left, Workload Seen, DateTimeOffset At)> DeleteAsync(
        ProjectAccess access, WorkloadAddress address, bool force, HttpRequest? request, CancellationToken cancellationToken)
    {
        var project = access.Project;
        using var share = await shares.TakeAsync(access, cancellationToken);
        var (observed, at) = await finder.ObserveToChangeAsync(access, "delete", address, exact: force || request?.Headers.IfMatch.Count > 0, cancellationToken);
        var workload = observed.ToWorkload(project.Name, request?.PathBase ?? "");
        workload.RequireUnmanaged();
        if (request is not null)
            workload.RequireMatch(request);
        var lost = force ? observed.LostPods() : [];
        if (workload.Phase == Phase.Deleting && lost.Count == 0)
            return (observed, workload, at);
        // Where it is gone already, somebody else was faster, or an earlier try of ours whose answer was lost.
        if (workload.Phase != Phase.Deleting)
            await workloads.DeleteAsync(project, observed.Owner, cancellationToken);
        foreach (var pod in lost)
            await workloads.ForgetPodAsync(project, pod, cancellationToken);
        (var left, at) = await finder.FindDeletedAsync(project, observed.Owner, cancellationToken);
        return (left, workload, at);
    }

    /// <summary>What is left when time is up, or nobody can wait; null once the workload is gone, which the cluster itself says.</summary>
    public async Task<(ObservedWorkload? Left, DateTimeOffset At)> UntilGoneAsync(Project project, ObservedWorkload left, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var hold = await live.TryHoldAsync(project, cancellationToken);
        using var end = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, lifetime.ApplicationStopping, cancellationToken);
        try
        {
            while (hold?.Picture.HasEnded is false)
            {
                var version = hold.Picture.Version;
                if (hold.Picture.Find(left.Owner.Metadata.Uid) is null && await finder.FindDeletedAsync(project, left.Owner, either.Token) is { Left: null } gone)
                    return gone;
                await hold.Picture.NextAsync(version, either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time is up, or the gateway is told to stop.
        }
        return await finder.FindDeletedAsync(project, left.Owner, cancellationToken);
    }
}
