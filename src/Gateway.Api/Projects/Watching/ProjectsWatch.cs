using Gateway.Api.Cluster;
using Gateway.Api.Cluster.Connection;
using Gateway.Api.Cluster.Watching;
using k8s.Models;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Projects.Watching;

/// <summary>
/// One watch of the namespaces that carry the project label, as the gateway itself, begun at first use and shared by all requests.
/// </summary>
internal sealed partial class ProjectsWatch(
    ClusterConnection cluster, IOptions<ProjectOptions> projects, IOptions<LiveOptions> options, TimeProvider time, ILogger<ProjectsWatch> log) : IDisposable
{
    /// <summary>So long after the cluster would not let it watch it is tried again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _stop = new();
    private KnownProjects? _known;
    private bool _begun;

    /// <summary>The projects as the cluster has shown them; null while that cannot be relied on, and the cluster has to be asked.</summary>
    public KnownProjects? Known
    {
        get
        {
            if (options.Value.Projects > 0 && !Volatile.Read(ref _begun) && !Interlocked.Exchange(ref _begun, true))
                _ = RunAsync(_stop.Token);
            return Volatile.Read(ref _known) is { } known && time.GetUtcNow() - known.HeardAt <= options.Value.StaleAfter ? known : null;
        }
    }

    public void Dispose() => _stop.Cancel();

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        // Nobody's request waits for it.
        await Task.Yield();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await WatchAsync(cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogEnded(e is ClusterException ? null : e, e is ClusterException ? e.Message : "They cannot be understood.");
            }
            Volatile.Write(ref _known, null);
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        var known = new KnownProjects(projects.Value.Label);
        var feed = new ObjectFeed<V1Namespace>(cluster, namespaceName: null, "api/v1/namespaces", time, projects.Value.Label);
        // It has heard nothing yet, and so is not relied on.
        Volatile.Write(ref _known, known);
        await new Informer<V1Namespace>(feed, known, optional: false, options, time, log).FollowAsync(cancellationToken);
    }

    [LoggerMessage(21, LogLevel.Warning, "The namespaces of projects cannot be watched, and are listed every two seconds while there are requests; the watch is tried again in five minutes: {Reason}. The gateway's own account needs watch on namespaces")]
    private partial void LogEnded(Exception? exception, string reason);
}
