using k8s.Authentication;

namespace Gateway.Api.Cluster.Connection;

/// <summary>Sends calls as the gateway itself where the Kubernetes client does not make them.</summary>
internal sealed class OwnIdentity(ServiceClientCredentials? credentials, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // A client certificate is the connection's.
        if (credentials is not null)
            await credentials.ProcessHttpRequestAsync(request, cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }
}
