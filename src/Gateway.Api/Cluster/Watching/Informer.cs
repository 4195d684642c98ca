using System.Net;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Cluster.Watching;

/// <summary>Tells a picture of all objects of one kind.</summary>
internal interface IInformer
{
    /// <summary>Tells of all there are now. Fails as the cluster does.</summary>
    Task SyncAsync(CancellationToken cancellationToken);

    /// <summary>Tells of what changes, through whatever passes. Ends only with a failure that does not: what is watched is gone, or not to be read.</summary>
    Task FollowAsync(CancellationToken cancellationToken);
}

/// <inheritdoc/>
/// <param name="feed">The objects.</param>
/// <param name="picture">The picture.</param>
/// <param name="optional">Whether the cluster may do without the kind, or keep it from who reads it.</param>
/// <param name="options">For how long a watch may be silent.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class Informer<T>(ObjectFeed<T> feed, IPicture picture, bool optional, IOptions<LiveOptions> options, TimeProvider time, ILogger log) : IInformer
    where T : IKubernetesObject<V1ObjectMeta>
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    // What the cluster does without, or keeps from the project, it may give one day.
    private static readonly TimeSpan AbsentPause = TimeSpan.FromMinutes(10);

    private string? _version;
    private bool _absent;

    public async Task SyncAsync(CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        try
        {
            var (items, version) = await feed.ListAsync(cancellationToken);
            picture.Replace(items, ResourceVersion.Of(version), at);
            (_version, _absent) = (version, false);
        }
        catch (ClusterException e) when (optional && Lasts(e))
        {
            Miss();
        }
    }

    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        for (var failures = 0; ; failures++)
        {
            await Task.Delay(_absent ? AbsentPause : Pause(failures), time, cancellationToken);
            try
            {
                if (_version is null)
                    await SyncAsync(cancellationToken);
                if (!_absent)
                    await WatchAsync(() => failures = 0, cancellationToken);
            }
            catch (ClusterException e) when (e.Status == HttpStatusCode.Gone)
            {
                // What happened since is no longer known: all is listed again.
                _version = null;
            }
            catch (ClusterException e) when (optional && Lasts(e))
            {
                Miss();
            }
            catch (ClusterException e) when (!Lasts(e))
            {
                LogCut(feed.Name, failures + 1, e.Message);
            }
        }
    }

    private async Task WatchAsync(Action heard, CancellationToken cancellationToken)
    {
        using var silence = new Silence(options.Value.SilenceLimit, time, cancellationToken);
        // Not all at the same time.
        var lifetime = options.Value.WatchLifetime * (1 + Random.Shared.NextDouble() / 5);
        try
        {
            await foreach (var happened in feed.WatchAsync(_version!, lifetime, silence.Token))
            {
                silence.Break();
                Tell(happened);
                _version = happened.Object.Metadata.ResourceVersion;
                heard();
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            LogSilent(feed.Name, options.Value.SilenceLimit);
        }
    }

    private void Miss()
    {
        (_version, _absent) = (null, true);
        picture.Forget<T>();
    }

    private void Tell(WatchEvent<T> happened)
    {
        var at = time.GetUtcNow();
        if (happened.Type == WatchEvent<T>.Bookmark)
            picture.Hear<T>(ResourceVersion.Of(happened.Object.Metadata.ResourceVersion), at);
        else if (happened.Type == WatchEvent<T>.Deleted)
            picture.Remove(happened.Object, at);
        else
            picture.Put(happened.Object, at);
    }

    // The first try follows at once: servers end watches as a matter of course.
    private static TimeSpan Pause(int failures) => failures < 2
        ? TimeSpan.Zero
        : TimeSpan.FromSeconds(Math.Min(0.25 * Math.Pow(2, failures), LongestPause.TotalSeconds) * (0.75 + Random.Shared.NextDouble() / 4));

    private static bool Lasts(ClusterException e) => e.SetUp is not null || e.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden;

    [LoggerMessage(50, LogLevel.Warning, "The watch of {Watched} was cut, {Failures} times in a row, and is begun again: {Reason}. Until then answers about it may be old, and say how old")]
    private partial void LogCut(string watched, int failures, string reason);

    [LoggerMessage(51, LogLevel.Warning, "The watch of {Watched} told nothing for {Limit}, and is begun again. Where this repeats, a proxy on the way to the API server drops idle connections")]
    private partial void LogSilent(string watched, TimeSpan limit);
}
