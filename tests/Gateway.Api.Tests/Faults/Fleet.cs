using Gateway.Api.Tests.Identity;
using Gateway.Embedded;
using Gateway.Embedded.Hosting;
using k8s;
using k8s.Models;

namespace Gateway.Api.Tests.Faults;

/// <summary>Several gateways on one cluster.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private const string Account = "workload-gateway";

    private readonly EmbeddedCluster _cluster;
    private readonly string _kubeconfig = Path.Combine(Path.GetTempPath(), $"gateway-fleet-{Guid.NewGuid():N}.yaml");

    private readonly MadeCalls _calls;

    private Fleet(EmbeddedCluster cluster, MadeCalls calls)
    {
        (_cluster, _calls) = (cluster, calls);
        Administrator = new(new KubernetesClientConfiguration { Host = cluster.Address.ToString(), AccessToken = cluster.AdminToken });
    }

    public Kubernetes Administrator { get; }

    public EmbeddedCluster Cluster => _cluster;

    public IReadOnlyList<GatewayProcess> Gateways { get; private set; } = [];

    public static async Task<Fleet> StartAsync(int gateways, bool pods = false, params string[] settings)
    {
        var calls = new MadeCalls();
        var fleet = new Fleet(await EmbeddedCluster.StartAsync(new() { MakesPods = pods, AccessLog = calls.Note }), calls);
        await fleet.WriteKubeconfigAsync();
        fleet.Gateways = [.. Enumerable.Range(0, gateways).Select(_ => new GatewayProcess(fleet._kubeconfig, settings))];
        await Task.WhenAll(fleet.Gateways.Select(gateway => gateway.StartAsync()));
        return fleet;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in Gateways)
            gateway.Dispose();
        Administrator.Dispose();
        await _cluster.DisposeAsync();
        File.Delete(_kubeconfig);
        _calls.AssertListed();
    }

    private async Task WriteKubeconfigAsync()
    {
        var request = new Authenticationv1TokenRequest { Spec = new() { Audiences = [], ExpirationSeconds = 24 * 3600 } };
        var granted = await Administrator.CoreV1.CreateNamespacedServiceAccountTokenAsync(request, Account, Account);
        await File.WriteAllTextAsync(_kubeconfig, Kubeconfig.For(_cluster.Address, granted.Status.Token));
    }
}
