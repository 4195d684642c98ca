using System.Security.Cryptography.X509Certificates;
using Gateway.Embedded.Access;
using Gateway.Embedded.Access.Reviews;
using Gateway.Embedded.Api;
using Gateway.Embedded.Controllers.Jobs;
using Gateway.Embedded.Controllers.StatefulSets;
using Gateway.Embedded.Faults;
using Gateway.Embedded.Hosting;
using Gateway.Embedded.Kubelet;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Projects;
using Gateway.Embedded.Quotas;
using Gateway.Embedded.Scheduler;
using Gateway.Embedded.Store;
using Gateway.Embedded.Upkeep;

namespace Gateway.Embedded;

/// <summary>A Kubernetes cluster within this process: its API over HTTP on loopback, its state in memory.</summary>
public sealed class EmbeddedCluster : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly X509Certificate2 certificate;
    private readonly WebApplication web;
    private readonly NodeAgent pods;
    private readonly Task[] work;

    private EmbeddedCluster(EmbeddedClusterOptions options)
    {
        AdminToken = options.AdminToken;
        Objects = new ClusterObjects(new ObjectStore(options.History), options.TimeProvider);
        certificate = Certificate.Create(options.TimeProvider.GetUtcNow());
        NodeObject.Plant(Objects, options.Nodes);
        pods = new NodeAgent(Objects);
        work = StartWork(options);
        Faults = new FaultPlan(Objects.Store);
        web = WebServer.Build(options.Urls, certificate, Handler(options));
        BootstrapRoles.Plant(Objects);
        ProjectSeed.Plant(Objects, options.Projects);
    }

    /// <summary>Where the API is.</summary>
    public Uri Address => Addresses[0];

    /// <summary>Every address it listens on.</summary>
    public IReadOnlyList<Uri> Addresses => [.. web.Urls.Select(url => new Uri(url))];

    /// <summary>The bearer token that may do everything.</summary>
    public string AdminToken { get; }

    /// <summary>The certificate that HTTPS addresses show, to be trusted by callers.</summary>
    public string CertificatePem => certificate.ExportCertificatePem();

    /// <summary>What is to go wrong.</summary>
    public FaultPlan Faults { get; }

    internal ClusterObjects Objects { get; }

    /// <summary>Starts a cluster; it answers once this returns.</summary>
    public static async Task<EmbeddedCluster> StartAsync(EmbeddedClusterOptions options, CancellationToken ct = default)
    {
        var cluster = new EmbeddedCluster(options);
        await cluster.web.StartAsync(ct);
        return cluster;
    }

    /// <summary>Waits until the cluster has nothing more to do before time goes on or somebody writes.</summary>
    public async Task SettledAsync() => await await Task.WhenAny([.. work, Objects.Activity.RestAsync()]);

    /// <summary>Ends when something that the cluster does by itself breaks.</summary>
    internal Task BreakAsync() => Task.WhenAny(work).Unwrap();

    /// <summary>Ends every watch and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await web.DisposeAsync();
        await Task.WhenAll(work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        certificate.Dispose();
        stopping.Dispose();
    }

    private RequestDelegate Handler(EmbeddedClusterOptions options)
    {
        var faulty = new FaultyServer(Faults, Server(options).HandleAsync, options.TimeProvider);
        return options.FaultsOverHttp ? new FaultRoutes(Faults, options.AdminToken, faulty.HandleAsync).HandleAsync : faulty.HandleAsync;
    }

    private ApiServer Server(EmbeddedClusterOptions options)
    {
        var tokens = new ServiceAccountTokens(Objects);
        var authorizer = new Authorizer(new Grants(Objects.Store));
        var authentication = new Authentication(options.AdminToken, tokens, authorizer);
        var reviews = new ReviewAnswers(authentication, authorizer, Objects);
        return new ApiServer(authentication, tokens, authorizer, new Routes(Objects, new TokenRequests(Objects, tokens), reviews, pods, stopping.Token), options.AccessLog);
    }

    /// <summary>
    /// Starts what the cluster does by itself. It all happens one thing after another, in the order in which it was noted,
    /// so that the same story comes out every time.
    /// </summary>
    private Task[] StartWork(EmbeddedClusterOptions options)
    {
        Func<CancellationToken, Task>[] loops =
        [
            .. options.MakesPods ? (Func<CancellationToken, Task>[])[new JobController(Objects).RunAsync, new StatefulSetController(Objects).RunAsync] : [],
            new PodScheduler(Objects, options.Nodes).RunAsync,
            pods.RunAsync,
            new GarbageCollector(Objects).RunAsync,
            new NamespaceRemoval(Objects).RunAsync,
            new NamespaceContents(Objects, CertificatePem).RunAsync,
            new ClaimProtection(Objects).RunAsync,
            .. options.Nodes.Count > 0 ? (Func<CancellationToken, Task>[])[new ClaimBinding(Objects).RunAsync] : [],
            new QuotaStatus(Objects).RunAsync,
            new NodeLoss(Objects).RunAsync,
        ];
        var inTurn = new TaskFactory(new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);
        return [.. loops.Select(run => inTurn.StartNew(() => run(stopping.Token), CancellationToken.None).Unwrap())];
    }
}
