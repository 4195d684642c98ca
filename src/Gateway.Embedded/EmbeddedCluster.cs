using Gateway.Embedded.Access;
using Gateway.Embedded.Access.Reviews;
using Gateway.Embedded.Api;
using Gateway.Embedded.Controllers.Jobs;
using Gateway.Embedded.Controllers.StatefulSets;
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
    private const long MaxBodyBytes = 3 * 1024 * 1024;
    private readonly CancellationTokenSource stopping = new();
    private readonly WebApplication web;
    private readonly NodeAgent pods;
    private readonly Task[] work;

    private EmbeddedCluster(EmbeddedClusterOptions options)
    {
        AdminToken = options.AdminToken;
        Objects = new ClusterObjects(new ObjectStore(options.History), options.TimeProvider);
        NodeObject.Plant(Objects, options.Nodes);
        pods = new NodeAgent(Objects);
        work = StartWork(options.Nodes);
        web = Web(options.Urls);
        web.Run(Server(options.AdminToken).HandleAsync);
        BootstrapRoles.Plant(Objects);
        ProjectSeed.Plant(Objects, options.Projects);
    }

    /// <summary>Where the API is.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>The bearer token that may do everything.</summary>
    public string AdminToken { get; }

    internal ClusterObjects Objects { get; }

    /// <summary>Starts a cluster; it answers once this returns.</summary>
    public static async Task<EmbeddedCluster> StartAsync(EmbeddedClusterOptions options, CancellationToken ct = default)
    {
        var cluster = new EmbeddedCluster(options);
        await cluster.web.StartAsync(ct);
        cluster.Address = new Uri(cluster.web.Urls.First());
        return cluster;
    }

    /// <summary>Waits until the cluster has nothing more to do before time goes on or somebody writes.</summary>
    public async Task SettledAsync() => await await Task.WhenAny([.. work, Objects.Activity.RestAsync()]);

    /// <summary>Ends every watch and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await web.DisposeAsync();
        await Task.WhenAll(work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private ApiServer Server(string adminToken)
    {
        var tokens = new ServiceAccountTokens(Objects);
        var authorizer = new Authorizer(new Grants(Objects.Store));
        var authentication = new Authentication(adminToken, tokens, authorizer);
        var reviews = new ReviewAnswers(authentication, authorizer, Objects);
        return new ApiServer(authentication, authorizer, new Routes(Objects, new TokenRequests(Objects, tokens), reviews, pods, stopping.Token));
    }

    /// <summary>
    /// Starts what the cluster does by itself. It all happens one thing after another, in the order in which it was noted,
    /// so that the same story comes out every time.
    /// </summary>
    private Task[] StartWork(IReadOnlyList<EmbeddedNode> nodes)
    {
        Func<CancellationToken, Task>[] loops =
        [
            new JobController(Objects).RunAsync,
            new StatefulSetController(Objects).RunAsync,
            new PodScheduler(Objects, nodes).RunAsync,
            pods.RunAsync,
            new GarbageCollector(Objects).RunAsync,
            new NamespaceRemoval(Objects).RunAsync,
            new NamespaceContents(Objects).RunAsync,
            new QuotaStatus(Objects).RunAsync,
        ];
        var inTurn = new TaskFactory(new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);
        return [.. loops.Select(run => inTurn.StartNew(() => run(stopping.Token), CancellationToken.None).Unwrap())];
    }

    private static WebApplication Web(string urls)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        });
        var web = builder.Build();
        foreach (var url in urls.Split(';')) web.Urls.Add(url);
        return web;
    }
}
