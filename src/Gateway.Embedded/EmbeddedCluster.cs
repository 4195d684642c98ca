using System.Security.Cryptography.X509Certificates;
using Gateway.Embedded.Access;
using Gateway.Embedded.Access.Reviews;
using Gateway.Embedded.Api;
using Gateway.Embedded.Hosting;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Projects;
using Gateway.Embedded.Quotas;
using Gateway.Embedded.Store;
using Gateway.Embedded.Upkeep;

namespace Gateway.Embedded;

/// <summary>A Kubernetes cluster within this process: its API over HTTP on loopback, its state in memory.</summary>
public sealed class EmbeddedCluster : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly X509Certificate2 certificate;
    private readonly WebApplication web;
    private readonly Task work;

    private EmbeddedCluster(EmbeddedClusterOptions options)
    {
        AdminToken = options.AdminToken;
        Objects = new ClusterObjects(new ObjectStore(options.History), options.TimeProvider);
        certificate = Certificate.Create(options.TimeProvider.GetUtcNow());
        work = StartWork(Objects, CertificatePem, stopping.Token);
        web = WebServer.Build(options.Urls, certificate, Server(options.AdminToken).HandleAsync);
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

    internal ClusterObjects Objects { get; }

    /// <summary>Starts a cluster; it answers once this returns.</summary>
    public static async Task<EmbeddedCluster> StartAsync(EmbeddedClusterOptions options, CancellationToken ct = default)
    {
        var cluster = new EmbeddedCluster(options);
        await cluster.web.StartAsync(ct);
        return cluster;
    }

    /// <summary>Ends every watch and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await web.DisposeAsync();
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        certificate.Dispose();
        stopping.Dispose();
    }

    private ApiServer Server(string adminToken)
    {
        var tokens = new ServiceAccountTokens(Objects);
        var authorizer = new Authorizer(new Grants(Objects.Store));
        var authentication = new Authentication(adminToken, tokens, authorizer);
        var reviews = new ReviewAnswers(authentication, authorizer, Objects);
        return new ApiServer(authentication, authorizer, new Routes(Objects, new TokenRequests(Objects, tokens), reviews, stopping.Token));
    }

    private static Task StartWork(ClusterObjects objects, string certificatePem, CancellationToken stopping)
    {
        Func<CancellationToken, Task>[] loops =
        [
            new GarbageCollector(objects).RunAsync,
            new NamespaceRemoval(objects).RunAsync,
            new NamespaceContents(objects, certificatePem).RunAsync,
            new ClaimProtection(objects).RunAsync,
            new QuotaStatus(objects).RunAsync,
        ];
        return Task.WhenAll(loops.Select(run => Task.Run(() => run(stopping), CancellationToken.None)));
    }
}
