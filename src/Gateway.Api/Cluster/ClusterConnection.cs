using System.Collections.Concurrent;
using System.Net;
using k8s;

namespace Gateway.Api.Cluster;

/// <summary>One pool of connections to the cluster, and a cheap client for each namespace on top of it.</summary>
internal sealed class ClusterConnection : IDisposable
{
    private readonly ConcurrentDictionary<string, IKubernetes> _byNamespace = new();
    private readonly KubernetesClientConfiguration _configuration;
    private readonly Kubernetes _owner;
    private readonly RefusalHandler _transport;

    public ClusterConnection(KubernetesClientConfiguration configuration, TimeSpan callTimeout)
    {
        SocketsHttpHandler? pool = null;
        configuration.FirstMessageHandlerSetup = handler => pool = Tune((SocketsHttpHandler)handler);
        configuration.UserAgent = "workload-gateway";
        configuration.HttpClientTimeout = Timeout.InfiniteTimeSpan;
        _owner = new Kubernetes(configuration);
        _transport = new(new BufferingHandler(pool!, callTimeout));
        _configuration = configuration;
        Gateway = new SharedClient(configuration, _transport);
    }

    /// <summary>The client that acts on what belongs to no project: it only ever reads namespaces.</summary>
    public IKubernetes Gateway { get; }

    /// <summary>The client whose calls cannot leave a namespace.</summary>
    public IKubernetes ForNamespace(string name) =>
        _byNamespace.GetOrAdd(name, static (name, self) => new SharedClient(self._configuration, new NamespaceGuard(self._owner.BaseUri, name, self._transport)), this);

    public void Dispose() => _owner.Dispose();

    private static SocketsHttpHandler Tune(SocketsHttpHandler handler)
    {
        handler.ConnectTimeout = TimeSpan.FromSeconds(5);
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(10);
        handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60);
        handler.AutomaticDecompression = DecompressionMethods.GZip;
        return handler;
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
