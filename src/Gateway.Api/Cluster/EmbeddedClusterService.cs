using Gateway.Embedded;
using k8s;

namespace Gateway.Api.Cluster;

/// <summary>The embedded cluster, which starts before the gateway answers and ends with it.</summary>
internal sealed partial class EmbeddedClusterService(TimeProvider time, ILogger<EmbeddedClusterService> log) : IHostedService
{
    private EmbeddedCluster? _cluster;

    /// <summary>How to reach it, once it has started.</summary>
    public KubernetesClientConfiguration Configuration => _cluster is { } cluster
        ? new() { Host = cluster.Address.ToString(), AccessToken = cluster.AdminToken }
        : throw new InvalidOperationException("The embedded cluster has not started.");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _cluster = await EmbeddedCluster.StartAsync(new() { TimeProvider = time }, cancellationToken);
        LogStarted(_cluster.Address);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }

    [LoggerMessage(1, LogLevel.Warning, "Working on the EMBEDDED cluster at {Address}: nothing runs on real GPUs, and everything is lost at the end")]
    private partial void LogStarted(Uri address);
}
