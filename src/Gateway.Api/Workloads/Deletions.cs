using Gateway.Api.Cluster;
using Gateway.Api.Live;
using Gateway.Api.Projects;
using Gateway.Core.Status;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads;

/// <summary>Deletes workloads, and waits until they are gone.</summary>
internal sealed class Deletions(WorkloadFinder finder, ClusterWorkloads workloads, ProjectShares shares, LivePictures live, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>Has the workload deleted. Asking again while it goes does no more.</summary>
    public async Task<DeletedWorkload> DeleteAsync(
        ProjectAccess access, WorkloadAddress address, bool force, HttpRequest? request, CancellationToken cancellationToken)
    {
        var project = access.Project;
        using var share = await shares.TakeAsync(project, cancellationToken);
        var (observed, at) = await finder.ObserveToChangeAsync(access, "delete", address, exact: force || request?.Headers.IfMatch.Count > 0, cancellationToken);
        var workload = observed.ToWorkload(project.Name, request?.PathBase ?? "");
        workload.RequireUnmanaged();
        if (request is not null)
            workload.RequireMatch(request);
        var lost = force ? observed.LostPods() : [];
        if (workload.Phase == Phase.Deleting && lost.Count == 0)
            return new(observed, workload, workload.Deletion?.RequestedAt ?? at.UtcDateTime, at);
        var sent = time.GetUtcNow().UtcDateTime;
        // Where it is gone already, somebody else was faster, or an earlier try of ours whose answer was lost.
        if (workload.Phase != Phase.Deleting)
            await workloads.DeleteAsync(project, observed.Owner, cancellationToken);
        foreach (var pod in lost)
            await workloads.ForgetPodAsync(project, pod, cancellationToken);
        (var left, at) = await finder.FindDeletedAsync(project, observed.Owner, cancellationToken);
        return new(left, workload, left?.Deletion()?.RequestedAt ?? workload.Deletion?.RequestedAt ?? sent, at);
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

/// <summary>A workload that was deleted.</summary>
/// <param name="Left">What is left of it; null when that is nothing.</param>
/// <param name="Seen">How it was seen before.</param>
/// <param name="RequestedAt">When that was asked for: as the cluster says, else when it was asked.</param>
/// <param name="At">When it was looked at last.</param>
internal sealed record DeletedWorkload(ObservedWorkload? Left, Workload Seen, DateTime RequestedAt, DateTimeOffset At);
