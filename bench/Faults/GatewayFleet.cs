using Gateway.Bench.Gateway;
using Gateway.Bench.Measuring;
using Gateway.Embedded;
using Gateway.Embedded.Faults;
using Gateway.Embedded.Hosting;
using k8s;

namespace Gateway.Bench.Faults;

/// <summary>Several gateways as processes of their own, on an embedded cluster in this process that breaks calls, and whoever kills them.</summary>
internal sealed class GatewayFleet : IAsyncDisposable
{
    private static readonly (FaultKind Kind, double Share)[] Faults =
    [
        (FaultKind.DropBefore, 0.03), (FaultKind.DropAfter, 0.03), (FaultKind.CutBody, 0.03), (FaultKind.InternalError, 0.03), (FaultKind.Unavailable, 0.03), (FaultKind.TooManyRequests, 0.03),
        (FaultKind.Timeout, 0.02), (FaultKind.InternalErrorAfter, 0.02), (FaultKind.TimeoutAfter, 0.02), (FaultKind.StallBefore, 0.002), (FaultKind.StallAfter, 0.002), (FaultKind.StallBody, 0.002),
    ];

    private readonly EmbeddedCluster cluster;
    private readonly Kubernetes admin;
    private readonly MeasuredServer[] gateways;
    private readonly string kubeconfig = Path.Combine(Path.GetTempPath(), $"gateway-bench-{Guid.NewGuid():N}.yaml");

    private GatewayFleet(EmbeddedCluster cluster, int count)
    {
        this.cluster = cluster;
        admin = new(new KubernetesClientConfiguration { Host = cluster.Address.ToString(), AccessToken = cluster.AdminToken });
        Addresses = [.. Enumerable.Range(0, count).Select(_ => new Uri($"http://127.0.0.1:{Accounts.FreePort()}"))];
        gateways = new MeasuredServer[count];
    }

    /// <summary>Where the gateways are, whether they live at this moment or not.</summary>
    public IReadOnlyList<Uri> Addresses { get; }

    /// <summary>Starts the gateways; from then on calls to the cluster fail.</summary>
    public static async Task<GatewayFleet> StartAsync(int count)
    {
        var fleet = new GatewayFleet(await EmbeddedCluster.StartAsync(new() { MakesPods = false }), count);
        await fleet.WriteKubeconfigAsync();
        for (var i = 0; i < count; i++) await fleet.StartAsync(fleet.Addresses[i], i);
        foreach (var (kind, share) in Faults) fleet.cluster.Faults.Add(new() { Kind = kind, Share = share, Seed = (int)kind, RetryAfterSeconds = 0, Bytes = 20 });
        return fleet;
    }

    /// <summary>Kills one gateway after another, and starts it again, until it is told that it is over: how many it killed.</summary>
    public async Task<int> KillAsync(TimeSpan every, CancellationToken over)
    {
        for (var kills = 0; ; kills++)
        {
            await Task.Delay(every, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (over.IsCancellationRequested) return kills;
            gateways[kills % gateways.Length].Dispose();
            await StartAsync(Addresses[kills % gateways.Length], kills % gateways.Length);
        }
    }

    /// <summary>The uids of the jobs that there are, by name, once nothing fails any more.</summary>
    public async Task<Dictionary<string, string>> JobsAsync()
    {
        cluster.Faults.Clear();
        return (await admin.BatchV1.ListNamespacedJobAsync("runai-team-a")).Items.ToDictionary(job => job.Metadata.Name, job => job.Metadata.Uid);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in gateways) gateway.Dispose();
        admin.Dispose();
        await cluster.DisposeAsync();
        File.Delete(kubeconfig);
    }

    private async Task StartAsync(Uri address, int place) => gateways[place] = await MeasuredServer.StartAsync(
        "Gateway.Api.dll", address, new Uri(address, "/healthz/ready"),
        [
            $"--urls={address}", "--Management:Port=0", "--Cluster:Mode=Kubeconfig", $"--Cluster:Kubeconfig={kubeconfig}", "--Cluster:CallTimeout=00:00:02",
            "--Authentication:Mode=Anonymous", "--Authentication:AllowAnonymous=true", "--RateLimits:Caller:PerSecond=0", "--RateLimits:Project:PerSecond=0", "--Serilog:MinimumLevel:Default=Fatal",
        ]);

    private async Task WriteKubeconfigAsync() =>
        await File.WriteAllTextAsync(kubeconfig, Kubeconfig.For(cluster.Address, await admin.TokenAsync(Accounts.Account, Accounts.Account)));
}
