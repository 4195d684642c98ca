using System.Security.Cryptography.X509Certificates;
using Gateway.Bench.Measuring;
using Gateway.Embedded;
using Gateway.Embedded.Faults;
using Gateway.Embedded.Hosting;
using k8s;

namespace Gateway.Bench.Gateway;

/// <summary>The gateway as a process of its own, on an embedded cluster in this process, over TLS, that counts what it is asked.</summary>
internal sealed class GatewayServer : IAsyncDisposable
{
    private const string Space = "runai-team-a";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gateway-bench-");
    private readonly EmbeddedCluster cluster;
    private readonly Kubernetes admin;
    private Relay? relay;
    private int reviews;
    private int reads;

    private GatewayServer(EmbeddedClusterOptions options)
    {
        cluster = EmbeddedCluster.StartAsync(options with { Urls = "http://127.0.0.1:0;https://127.0.0.1:0", AccessLog = (user, _, path) => Note(user, path) }).GetAwaiter().GetResult();
        admin = new(new KubernetesClientConfiguration { Host = cluster.Address.ToString(), AccessToken = cluster.AdminToken });
    }

    /// <summary>The process.</summary>
    public MeasuredServer Process { get; private set; } = null!;

    /// <summary>How large its heap may become, as in a container that has a limit; as large as the machine lets it when left out.</summary>
    public int? HeapMiB { get; set; }

    /// <summary>How often the cluster was asked whose token one is.</summary>
    public int Reviews => reviews;

    /// <summary>How often the cluster was asked anything as a project's account.</summary>
    public int Reads => reads;

    /// <summary>The way from the gateway to the cluster, which goes by it when it was taken before the gateway was started.</summary>
    public Relay Relay => relay ??= new(ClusterOverTls);

    /// <summary>The administrator of the cluster behind it.</summary>
    public Kubernetes Administrator => admin;

    /// <summary>Where the cluster is over TLS, without the relay.</summary>
    public Uri ClusterOverTls => cluster.Addresses[^1];

    /// <summary>The certificate that it shows.</summary>
    public X509Certificate2 Certificate => X509Certificate2.CreateFromPem(cluster.CertificatePem);

    /// <summary>Writes a kubeconfig of the cluster's administrator: its path.</summary>
    public Task<string> WriteKubeconfigAsync() => WriteKubeconfigAsync("administrator", ClusterOverTls, cluster.AdminToken);

    /// <summary>What is to go wrong in that cluster.</summary>
    public FaultPlan Faults => cluster.Faults;

    /// <summary>The cluster behind it, as its administrator.</summary>
    public (Uri Address, string Token) Cluster => (cluster.Address, cluster.AdminToken);

    /// <summary>Starts a gateway that lets everybody in, on such a cluster.</summary>
    public static Task<GatewayServer> StartOpenAsync(EmbeddedClusterOptions options) =>
        StartAsync(options, "--Authentication:Mode=Anonymous", "--Authentication:AllowAnonymous=true");

    /// <summary>Starts a gateway that takes Kubernetes' tokens alone, with the account and rights that it has on a real cluster.</summary>
    public static Task<GatewayServer> StartAsync(params string[] settings) => StartAsync(new EmbeddedClusterOptions(), settings);

    public static async Task<GatewayServer> StartAsync(EmbeddedClusterOptions options, params string[] settings)
    {
        var gateway = Prepare(options);
        await gateway.StartProcessAsync(settings);
        return gateway;
    }

    /// <summary>The cluster, before which a gateway is still to be started.</summary>
    public static GatewayServer Prepare(EmbeddedClusterOptions options) => new(options);

    /// <summary>Starts the gateway; it is ready once this returns.</summary>
    public async Task StartProcessAsync(params string[] settings)
    {
        var (api, management) = (ClusterAccess.FreePort(), ClusterAccess.FreePort());
        var kubeconfig = await WriteKubeconfigAsync("gateway", relay?.Address ?? ClusterOverTls, await admin.TokenAsync(ClusterAccess.Account, ClusterAccess.Account));
        Process = await MeasuredServer.StartAsync(
            Published.Program, new Uri($"http://127.0.0.1:{api}"), new Uri($"http://127.0.0.1:{management}/healthz/ready"),
            [
                $"--urls=http://127.0.0.1:{api}", $"--Management:Port={management}", "--Cluster:Mode=Kubeconfig", $"--Cluster:Kubeconfig={kubeconfig}",
                "--Authentication:Mode=Kubernetes", "--RateLimits:Caller:PerSecond=0", "--RateLimits:Project:PerSecond=0", "--Serilog:MinimumLevel:Default=Warning", .. settings,
            ],
            HeapMiB);
    }

    /// <summary>A token of a new service account that may submit in the project team-a.</summary>
    public async Task<string> SubmitterAsync(string name)
    {
        await admin.CoreV1.CreateNamespacedServiceAccountAsync(new() { Metadata = new() { Name = name } }, Space);
        await admin.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(
            new()
            {
                Metadata = new() { Name = name },
                Subjects = [new() { Kind = "ServiceAccount", Name = name, NamespaceProperty = Space }],
                RoleRef = new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "ClusterRole", Name = "workload-gateway-submitter" },
            },
            Space);
        return await admin.TokenAsync(name, Space, ClusterAccess.Account);
    }

    public async ValueTask DisposeAsync()
    {
        Process.Dispose();
        relay?.Dispose();
        admin.Dispose();
        await cluster.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private void Note(string user, string path)
    {
        if (user.StartsWith("system:serviceaccount:runai-", StringComparison.Ordinal)) Interlocked.Increment(ref reads);
        if (path.Contains("/tokenreviews", StringComparison.Ordinal)) Interlocked.Increment(ref reviews);
    }

    private async Task<string> WriteKubeconfigAsync(string name, Uri address, string token)
    {
        var path = Path.Combine(folder.FullName, name);
        await File.WriteAllTextAsync(path, Kubeconfig.For(address, token, cluster.CertificatePem));
        return path;
    }
}
