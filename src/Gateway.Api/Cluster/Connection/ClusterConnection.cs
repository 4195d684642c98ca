using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Gateway.Api.Observability;
using Gateway.Api.Projects;
using k8s;
using k8s.Authentication;
using k8s.Models;

namespace Gateway.Api.Cluster.Connection;

/// <summary>
/// Pools of connections to the cluster: for what the gateway asks as itself, for what it does as a project's service account, and
/// one for the answers to each that go on, so that no number of watches keeps a submission waiting. As a project's account each
/// namespace has a cheap client of its own, whose identity never changes.
/// </summary>
internal sealed class ClusterConnection : IDisposable
{
    private readonly ConcurrentDictionary<string, Actor> _actors = new();
    private readonly ProjectOptions _projects;
    private readonly TimeProvider _time;
    private readonly GatewayMetrics _metrics;
    private readonly Resilience _resilience;
    private readonly Pool _own;
    private readonly Pool _watching;
    private readonly Pool _acting;
    private readonly Pool _streaming;
    private readonly Actor _self;

    public ClusterConnection(KubernetesClientConfiguration configuration, ClusterOptions options, ProjectOptions projects, TimeProvider time, GatewayMetrics metrics, ILogger<ClusterConnection> log)
    {
        (_projects, _time, _metrics) = (projects, time, metrics);
        _resilience = new(time, metrics, log);
        _own = new(configuration, options, metrics, time, writes: false, whole: true);
        _watching = new(configuration, options, metrics, time, writes: false, whole: false);
        _acting = new(WithoutCredentials(configuration), options, metrics, time, writes: true, whole: true);
        _streaming = new(WithoutCredentials(configuration), options, metrics, time, writes: false, whole: false);
        Gateway = _own.Client(new Retries(_own.Transport, _resilience, _time));
        _self = new(Gateway, Streams(new OwnIdentity(_watching.Credentials, _watching.Transport)), Streams(new OwnIdentity(_watching.Credentials, new Retries(_watching.Transport, _resilience, _time))));
    }

    /// <summary>The client that acts as the gateway itself: it reads namespaces, reviews callers and asks for tokens.</summary>
    public IKubernetes Gateway { get; }

    /// <summary>The client that acts as the service account of a namespace, and whose calls cannot leave that.</summary>
    public IKubernetes ForNamespace(string name) => _actors.GetOrAdd(name, ActorOf).Client;

    /// <summary>
    /// Asks as the service account of a namespace, without one as the gateway itself, for an answer that goes on. The path is relative
    /// to the cluster's own. The call ends with the stream, which nobody but the reader gives up. A reader that may be slow needs a
    /// connection of its own (<paramref name="shared"/> false): over HTTP/2 the client would keep megabytes for it, over HTTP/1.1 the
    /// sender waits. What is not asked for again by who reads it is sent again here (<paramref name="again"/>).
    /// </summary>
    public async Task<Stream> OpenAsync(string? namespaceName, string path, bool shared, bool again, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_streaming.Address, path)) { Version = shared ? HttpVersion.Version20 : HttpVersion.Version11, Headers = { Host = _streaming.ServerName } };
        var actor = namespaceName is null ? _self : _actors.GetOrAdd(namespaceName, ActorOf);
        var response = await (again ? actor.Lists : actor.Streams).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return await response.Content.ReadAsStreamAsync(cancellationToken);
    }

    public void Dispose()
    {
        _own.Dispose();
        _watching.Dispose();
        _acting.Dispose();
        _streaming.Dispose();
    }

    private Actor ActorOf(string name)
    {
        var account = ProjectAccount.Of(name, _projects);
        var token = new ProjectToken(() => GrantAsync(account), _time);
        NamespaceGuard As(Pool pool, HttpMessageHandler transport) => new(pool.Address, name, new ProjectIdentity(account, token, _metrics, transport));
        return new(
            _acting.Client(As(_acting, new Retries(_acting.Transport, _resilience, _time))),
            Streams(As(_streaming, _streaming.Transport)),
            Streams(As(_streaming, new Retries(_streaming.Transport, _resilience, _time))));
    }

    private static HttpClient Streams(HttpMessageHandler transport) => new(transport, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };

    // https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-request-v1/
    private async Task<GrantedToken> GrantAsync(ProjectAccount account)
    {
        var request = new Authenticationv1TokenRequest { Spec = new() { Audiences = [], ExpirationSeconds = (long)_projects.TokenLifetime.TotalSeconds } };
        try
        {
            var now = _time.GetUtcNow();
            var answer = await Gateway.CoreV1.CreateNamespacedServiceAccountTokenAsync(request, account.Name, account.Namespace);
            _metrics.TokenRequested(granted: true);
            return new(answer.Status.Token, now, answer.Status.ExpirationTimestamp!.Value);
        }
        catch (ClusterException e)
        {
            _metrics.TokenRequested(granted: false);
            if (e.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
                e.SetUp = account.MissingFor(e);
            throw;
        }
    }

    // Whatever lets the gateway in as itself, a client certificate above all, must not go along when it acts as somebody else.
    private static KubernetesClientConfiguration WithoutCredentials(KubernetesClientConfiguration own) => new()
    {
        Host = own.Host,
        SslCaCerts = own.SslCaCerts,
        SkipTlsVerify = own.SkipTlsVerify,
        TlsServerName = own.TlsServerName,
    };

    private sealed record Actor(IKubernetes Client, HttpClient Streams, HttpClient Lists);

    /// <summary>One pool, and the clients that share it.</summary>
    private sealed class Pool : IDisposable
    {
        private readonly KubernetesClientConfiguration _configuration;
        private readonly Kubernetes _owner;

        public Pool(KubernetesClientConfiguration configuration, ClusterOptions options, GatewayMetrics metrics, TimeProvider time, bool writes, bool whole)
        {
            SocketsHttpHandler? pool = null;
            configuration.FirstMessageHandlerSetup = handler => pool = Tune((SocketsHttpHandler)handler, options.ConnectTimeout, whole);
            configuration.UserAgent = "workload-gateway";
            configuration.HttpClientTimeout = Timeout.InfiniteTimeSpan;
            _configuration = configuration;
            _owner = new Kubernetes(configuration);
            pool!.SslOptions.Check(configuration);
            Transport = new RefusalHandler(new MeasuredCalls(new CallTimeout(pool, options.CallTimeout, whole, time), metrics), writes);
        }

        public ServiceClientCredentials? Credentials => _owner.Credentials;

        public Uri Address => _owner.BaseUri;

        /// <summary>The name in the server's certificate, where it is not that of its address.</summary>
        public string? ServerName => _configuration.TlsServerName;

        public HttpMessageHandler Transport { get; }

        public SharedClient Client(HttpMessageHandler transport) => new(_configuration, transport);

        public void Dispose() => _owner.Dispose();

        private static SocketsHttpHandler Tune(SocketsHttpHandler handler, TimeSpan connectTimeout, bool whole)
        {
            handler.ConnectTimeout = connectTimeout;
            // What is sent is meant for the cluster alone, and what it answers one project for that project.
            (handler.AllowAutoRedirect, handler.UseCookies) = (false, false);
            handler.PooledConnectionLifetime = TimeSpan.FromMinutes(10);
            handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60);
            // Many calls and watches share a connection; one that is dead must not keep them all waiting.
            handler.KeepAlivePingDelay = TimeSpan.FromSeconds(10);
            handler.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
            handler.AutomaticDecompression = DecompressionMethods.GZip;
            // Nothing that a caller sends along with its trace goes on to the cluster.
            handler.ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator();
            if (!whole)
                handler.ConnectCallback = SmallBuffers.ConnectAsync;
            return handler;
        }
    }

    // The base class always makes a pool of its own; this one puts the shared transport in its place.
    private sealed class SharedClient : Kubernetes
    {
        public SharedClient(KubernetesClientConfiguration configuration, HttpMessageHandler transport)
            : base(configuration)
        {
            HttpClient.Dispose();
            HttpClient = new HttpClient(transport, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        }
    }
}
