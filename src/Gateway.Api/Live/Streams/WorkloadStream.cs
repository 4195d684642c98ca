using Gateway.Api.Cluster;
using Gateway.Api.Errors;
using Gateway.Api.Identity;
using Gateway.Api.Live.Pictures;
using Gateway.Api.Observability;
using Gateway.Api.Projects;
using Gateway.Core.Status;

namespace Gateway.Api.Live.Streams;

/// <summary>
/// Workloads of a project as they change: first all there are, as `snapshot`, then `synced`, then `added`, `changed` and `deleted`.
/// Where the picture is begun anew the reader gets `resync` and all again. A stream of one workload has an `end`.
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

    /// <summary>Whether it shows pods, as long as the caller may list them.</summary>
    public required bool WithPods { get; init; }

    /// <summary>Whether it is of one workload, and ends with that.</summary>
    public bool IsOfOne { get; init; }

    public async Task ExecuteAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var (live, time) = (services.GetRequiredService<LivePictures>(), services.GetRequiredService<TimeProvider>());
        using var life = StreamLife.Of(context, time);
        var stream = new EventStream(context, time);
        var shown = new ShownWorkloads(matches, workload => workload.Text(access.Project.Name, context.Request.PathBase, WithPods));
        // Before the answer begins: what cannot be watched is refused in the ordinary way.
        using var first = await live.HoldAsync(access.Project, context.RequestAborted);
        using var open = services.GetRequiredService<GatewayMetrics>().StreamOpened(context, "workloads");
        try
        {
            await stream.BeginAsync(life.Token);
            _rightsSeen = time.GetTimestamp();
            if (await ShowAsync(stream, shown, first.Picture, time, life.Token))
                return;
            for (var begun = 0; ; begun++)
            {
                await stream.SendAsync("resync", Nothing, life.Token);
                shown.Clear();
                await Task.Delay(Pause(begun), time, life.Token);
                using var hold = await live.HoldAsync(access.Project, life.Token);
                if (await ShowAsync(stream, shown, hold.Picture, time, life.Token))
                    return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ClusterException or ProblemException)
        {
            // The answer has begun: all that can be done is to end it, and the reader comes again.
        }
    }

    // True when the stream is to end; false when the picture has ended, and another one is needed.
    private async Task<bool> ShowAsync(EventStream stream, ShownWorkloads shown, Picture picture, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var first = true; !picture.HasEnded; first = false)
        {
            var (version, now) = (picture.Version, picture.Workloads);
            foreach (var (name, data) in shown.Update(now, first ? "snapshot" : "added"))
                await stream.SendAsync(name, data, cancellationToken);
            if (first)
                await stream.SendAsync("synced", Nothing, cancellationToken);
            if (IsOfOne && IsOver(now.FirstOrDefault(matches)))
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
        (await access.TypesAsync(IsOfOne ? "get" : "list", Types, cancellationToken)).Count == Types.Count
        && (!WithPods || await access.MayListPodsAsync(cancellationToken));
}
