using Gateway.Api.Live;
using Gateway.Api.Live.Pictures;
using Gateway.Api.Projects;
using Gateway.Core.Status;

namespace Gateway.Api.Workloads;

/// <summary>
/// Reads one workload: from the project's picture where it shows the one that is meant, else from the cluster. What is refused, such
/// as a name that nothing bears, is never refused from memory.
/// </summary>
internal sealed class WorkloadReader(WorkloadFinder finder, ProjectShares shares, LivePictures live, TimeProvider time)
{
    /// <summary>The workload that the caller may get, and the time at which it was as it is shown.</summary>
    public async Task<(ObservedWorkload Observed, DateTimeOffset At)> ReadAsync(ProjectAccess access, WorkloadAddress address, CancellationToken cancellationToken)
    {
        var types = await WorkloadFinder.RequireTypesAsync(access, "get", address, cancellationToken);
        if (live.Warm(access.Project) is { } picture && Find(picture, types, address) is { } pictured)
            return (pictured.Observe(), picture.HeardAt);
        using var share = await shares.TakeAsync(access.Project, cancellationToken);
        return await finder.ObserveAsync(access, "get", address, cancellationToken);
    }

    /// <summary>An answer other than the one that is known, once there is one; the one that is known when time is up.</summary>
    public async Task<WorkloadAnswer> ReadAgainAsync(
        ProjectAccess access, WorkloadAddress address, TimeSpan wait, WorkloadAnswer known, HttpRequest request, CancellationToken cancellationToken)
    {
        using var hold = await live.HoldAsync(access.Project, cancellationToken);
        using var end = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        try
        {
            while (known.IsKnown(request))
            {
                var version = hold.Picture.Version;
                var (observed, at) = await ReadAsync(access, address, cancellationToken);
                known = known with { Body = observed.ToWorkload(access.Project.Name, request.PathBase), ObservedAt = at };
                if (known.IsKnown(request))
                    await hold.Picture.NextAsync(version, either.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
        }
        return known;
    }

    // Of two that bear the name, and of another attempt, the cluster is to speak.
    private static PicturedWorkload? Find(Picture picture, IReadOnlyList<string> types, WorkloadAddress address) =>
        picture.Named(address.Name).Where(one => types.Contains(one.Type)).ToList() is [var only] && (address.Uid ?? only.Uid) == only.Uid ? only : null;
}
