using Gateway.Api.Cluster;
using Gateway.Api.Cluster.Watching;
using Gateway.Api.Live.Pictures;
using Gateway.Api.Projects;

namespace Gateway.Api.Live.Watching;

/// <summary>The picture of one project, and what keeps it.</summary>
internal sealed partial class ProjectWatch(Project project, Picture picture, IReadOnlyList<IInformer> informers, ILogger log)
{
    private readonly TaskCompletionSource<Picture> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The picture, once it shows everything. Fails as the cluster does.</summary>
    public Task<Picture> Ready => _ready.Task;

    /// <summary>The picture, whether it shows everything yet or not.</summary>
    public Picture Picture => picture;

    /// <summary>Shows everything once, without going on.</summary>
    public async Task<Picture> LookAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(informers.Select(informer => informer.SyncAsync(cancellationToken)));
        return picture;
    }

    /// <summary>Shows everything, then what changes; ends when it is cancelled, or with what keeps the project from being read.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Where one kind cannot be read any more, the others are not read either.
        using var all = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            _ready.SetResult(await LookAsync(cancellationToken));
            await await Task.WhenAny(informers.Select(informer => informer.FollowAsync(all.Token)));
        }
        catch (Exception e)
        {
            _ready.TrySetException(e is OperationCanceledException ? new ClusterException("The gateway stops reading the project.") : e);
            // Whether anybody waits for it or not.
            _ = _ready.Task.Exception;
            if (e is not OperationCanceledException)
                LogEnded(log, e is ClusterException ? null : e, project.Name, project.Namespace, (e as ClusterException)?.SetUp ?? (e is ClusterException ? e.Message : "It cannot be understood."));
        }
        finally
        {
            await all.CancelAsync();
            picture.End();
        }
    }

    [LoggerMessage(52, LogLevel.Warning, "The project {Project} (namespace {Namespace}) is no longer watched, and is read from the cluster until it can be: {Reason}")]
    private static partial void LogEnded(ILogger log, Exception? exception, string project, string @namespace, string reason);
}
