using Gateway.Embedded;
using k8s;
using k8s.Models;

namespace Gateway.Api.Cluster;

/// <summary>The embedded cluster, which starts before the gateway answers and ends with it.</summary>
internal sealed class EmbeddedClusterService(EmbeddedClusterOptions options, TimeProvider time) : IHostedService
{
    // The cluster lives as long as this process: so may the token.
    private const long TenYears = 315_360_000;

    private EmbeddedCluster? _cluster;

    /// <summary>How the gateway reaches it, with no more rights than it needs; once it has started.</summary>
    public KubernetesClientConfiguration Configuration { get => field ?? throw NotStarted(); private set; }

    /// <summary>The cluster itself, once it has started.</summary>
    public EmbeddedCluster Cluster => _cluster ?? throw NotStarted();

    /// <summary>How its administrator reaches it, once it has started.</summary>
    public KubernetesClientConfiguration Administration => new() { Host = Cluster.Address.ToString(), AccessToken = Cluster.AdminToken };

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _cluster = await EmbeddedCluster.StartAsync(options with { TimeProvider = time }, cancellationToken);
        Configuration = new() { Host = _cluster.Address.ToString(), AccessToken = await OwnTokenAsync(cancellationToken) };
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // A host may be stopped twice at once: by a signal, and by its owner.
        if (Interlocked.Exchange(ref _cluster, null) is { } cluster)
            await cluster.DisposeAsync();
    }

    private async Task<string> OwnTokenAsync(CancellationToken cancellationToken)
    {
        using var admin = new Kubernetes(Administration);
        var request = new Authenticationv1TokenRequest { Spec = new() { Audiences = [], ExpirationSeconds = TenYears } };
        var granted = await admin.CoreV1.CreateNamespacedServiceAccountTokenAsync(request, "workload-gateway", "workload-gateway", cancellationToken: cancellationToken);
        return granted.Status.Token;
    }

    private static InvalidOperationException NotStarted() => new("The embedded cluster has not started.");
}
