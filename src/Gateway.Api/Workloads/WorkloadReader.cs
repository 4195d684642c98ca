using Gateway.Api.Live;
using Gateway.Api.Live.Pictures;
using Gateway.Api.Projects;
using Gateway.Api.Streams;
using Gateway.Core.Manifests;
using Gateway.Core.Status;

namespace Gateway.Api.Workloads;

/// <summary>
/// Reads one workload: from the project's picture where it shows the one that is meant, else from the cluster. What is refused, such
/// as a name that nothing bears, is never refused from memory.
/// </summary>
internal sealed class WorkloadReader(WorkloadFinder finder, ProjectShares shares, LivePictures live, StreamPlaces places, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>The workload that the caller may get.</summary>
    public async Task<WorkloadRead> ReadAsync(ProjectAccess access, WorkloadAddress address, string basePath, CancellationToken cancellationToken)
    {
        var types = await WorkloadFinder.RequireTypesAsync(access, "get", address, cancellationToken);
        if (live.Warm(access.Project) is { } picture && Find(picture, types, address) is { } pictured)
            return new(pictured.Uid, pictured.Type, pictured.Text(access.Project.Name, basePath), picture.HeardAt);
        using var share = await shares.TakeToReadAsync(access, cancellationToken);
        var (observed, at) = await finder.ObserveAsync(access, "get", address, cancellationToken);
        return new(observed.Owner.Metadata.Uid, observed.Owner.Type(), WorkloadText.Of(observed.ToWorkload(access.Project.Name, basePath)), at);
    }

    /// <summary>An answer other than the one that is known, once there is one; the one that is known when time is up.</summary>
    public async Task<WorkloadAnswer> ReadAgainAsync(
        ProjectAccess access, WorkloadAddress address, TimeSpan wait, WorkloadAnswer known, HttpRequest request, CancellationToken cancellationToken)
    {
        using var place = places.Take(request.HttpContext, "waits");
        using var hold = await live.HoldAsync(access.Project, cancellationToken);
        using var end = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, lifetime.ApplicationStopping, cancellationToken);
        try
        {
            // Of a picture that has ended nobody hears any more: the caller asks again.
            while (known.IsKnown(request) && !hold.Picture.HasEnded)
            {
                var version = hold.Picture.Version;
                var read = await ReadAsync(access, address, request.PathBase, cancellationToken);
                known = known with { Body = read.Text, ObservedAt = read.At };
                if (known.IsKnown(request))
                    await hold.Picture.NextAsync(version, either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time is up, or the gateway is told to stop.
        }
        return known;
    }

    // Of two that bear the name, and of another attempt, the cluster is to speak.
    private static PicturedWorkload? Find(Picture picture, IReadOnlyList<string> types, WorkloadAddress address) =>
        picture.Named(address.Name).Where(one => types.Contains(one.Type)).ToList() is [var only] && (address.Uid ?? only.Uid) == only.Uid ? only : null;
}

/// <summary>A workload as it was read.</summary>
/// <param name="Uid">Its uid.</param>
/// <param name="Type">Its type.</param>
/// <param name="Text">What is sent of it.</param>
/// <param name="At">The time at which it was as it is shown.</param>
internal sealed record WorkloadRead(string Uid, string Type, WorkloadText Text, DateTimeOffset At);
