using Gateway.Api.Cluster;
using Gateway.Api.Errors;
using Gateway.Api.Identity;
using Gateway.Api.Live.Pictures;
using Gateway.Api.Projects;
using Gateway.Api.Streams;
using Gateway.Core.Status;

namespace Gateway.Api.Live.Streams;

/// <summary>
/// Workloads of a project as they change: first all there are, as `snapshot`, then `synced`, then `added`, `changed` and `deleted`.
/// Where the picture is begun anew, or has left the reader too far behind, the reader gets `resync` and all again. A stream of one workload
/// has an `end`.
/// </summary>
internal sealed class WorkloadStream(ProjectAccess access, Func<PicturedWorkload, bool> matches) : IResult
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RightsHold = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly byte[] Nothing = "{}"u8.ToArray();

    private long _rightsSeen;

    /// <summary>The types of which it may show workloads, as long as the caller may read them all.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>The uid of the one workload that it is of, and with which it ends.</summary>
    public string? Uid { get; init; }

    /// <summary>The stream of one workload.</summary>
    public static WorkloadStream Of(ProjectAccess access, string uid, string type) =>
        new(access, one => one.Uid == uid) { Types = [type], Uid = uid };

    public async Task ExecuteAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var (live, time) = (services.GetRequiredService<LivePictures>(), services.GetRequiredService<TimeProvider>());
        using var place = services.GetRequiredService<StreamPlaces>().Take(context, "workloads");
        using var life = StreamLife.Of(context, time);
        var stream = new EventStream(context, StreamBody.Of(context));
        // Before the answer begins: what cannot be watched is refused in the ordinary way.
        using var first = await live.HoldAsync(access.Project, context.RequestAborted);
        try
        {
            await stream.BeginAsync(life.Token);
            _rightsSeen = time.GetTimestamp();
            if (await ShowPictureAsync(first.Picture))
                return;
            for (var begun = 0; ; begun++)
            {
                await stream.SendAsync("resync", Nothing, life.Token);
                await Task.Delay(Pause(begun), time, life.Token);
                using var hold = await live.HoldAsync(access.Project, life.Token);
                if (await ShowPictureAsync(hold.Picture))
                    return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ClusterException or ProblemException)
        {
            // The answer has begun: all that can be done is to end it, and the reader comes again.
        }

        Task<bool> ShowPictureAsync(Picture picture)
        {
            var events = new WorkloadEvents(stream, picture, matches, workload => workload.Text(access.Project.Name, context.Request.PathBase));
            return ShowAsync(stream, picture, events, time, life.Token);
        }
    }

    // True when the stream is to end; false when the reader has to begin anew: the picture has ended, or the reader was too slow for it.
    private async Task<bool> ShowAsync(EventStream stream, Picture picture, WorkloadEvents events, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!await events.BeginAsync(Uid, cancellationToken))
            return false;
        await stream.SendAsync("synced", Nothing, cancellationToken);
        while (!picture.HasEnded)
        {
            var version = picture.Version;
            if (!await events.GoOnAsync(cancellationToken))
                return false;
            if (Uid is { } uid && IsOver(picture.Find(uid)))
            {
                await stream.SendAsync("end", Nothing, cancellationToken);
                return true;
            }
            await WaitAsync(stream, picture, version, time, cancellationToken);
            if (time.GetElapsedTime(_rightsSeen) < RightsHold)
                continue;
            if (!await MayGoOnAsync(cancellationToken))
                return true;
            _rightsSeen = time.GetTimestamp();
        }
        return false;
    }

    private static async Task WaitAsync(EventStream stream, Picture picture, long version, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await picture.NextAsync(version, CancellationToken.None).WaitAsync(Beat, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            await stream.BeatAsync(cancellationToken);
        }
    }

    // A picture that ends again and again is listed anew each time.
    private static TimeSpan Pause(int begun) => begun == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(Math.Pow(2, begun), LongestPause.TotalSeconds));

    private static bool IsOver(PicturedWorkload? workload) => workload is null or { Phase: Phase.Completed or Phase.Failed };

    private async Task<bool> MayGoOnAsync(CancellationToken cancellationToken) =>
        (await access.TypesAsync(Uid is null ? "list" : "get", Types, cancellationToken)).Count == Types.Count;
}
