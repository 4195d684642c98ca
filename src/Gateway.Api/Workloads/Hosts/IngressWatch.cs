using Gateway.Api.Cluster.Connection;
using Gateway.Api.Cluster.Watching;
using k8s.Models;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Workloads.Hosts;

/// <summary>
/// One watch of the Ingresses of all namespaces, as the gateway itself, begun at first use and shared by all requests. Where the
/// operator does not let the gateway read them (`rbac.readIngresses` of the chart) they are as good as not there.
/// </summary>
internal sealed partial class IngressWatch(ClusterConnection cluster, IOptions<LiveOptions> options, TimeProvider time, ILogger<IngressWatch> log) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HostHolders _known = new();
    private bool _begun;

    public void Dispose() => _stop.Cancel();

    /// <summary>The hosts of all Ingresses, asked of the cluster where what is watched cannot be relied on. Fails as the cluster does.</summary>
    public async ValueTask<HostHolders> HoldersAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Projects > 0 && !Volatile.Read(ref _begun) && !Interlocked.Exchange(ref _begun, true))
            _ = RunAsync(_stop.Token);
        if (_known.IsKnownSince(time.GetUtcNow() - options.Value.StaleAfter))
            return _known;
        var asked = new HostHolders();
        await InformerOf(asked).SyncAsync(cancellationToken);
        return asked;
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        // Nobody's request waits for it.
        await Task.Yield();
        try
        {
            await InformerOf(_known).FollowAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogEnded(e);
        }
    }

    private Informer<V1Ingress> InformerOf(HostHolders holders) =>
        new(new(cluster, namespaceName: null, "apis/networking.k8s.io/v1/ingresses", time), holders, optional: true, options, time, log);

    [LoggerMessage(60, LogLevel.Warning, "The Ingresses of the cluster cannot be watched, and are asked for with each submission that makes one")]
    private partial void LogEnded(Exception exception);
}
