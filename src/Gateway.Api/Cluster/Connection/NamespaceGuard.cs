using Gateway.Core.Status;

namespace Gateway.Api.Cluster.Connection;

/// <summary>
/// Stops every call that would leave the project's namespace before it is sent: the Kubernetes client does not escape path
/// segments, so this is the last wall should a name ever slip through.
/// </summary>
internal sealed class NamespaceGuard(Uri cluster, string namespaceName, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly string[] Roots = ["/api/v1", "/apis/batch/v1", "/apis/apps/v1", "/apis/networking.k8s.io/v1", $"/apis/{PodGroup.Group}/{PodGroup.Version}"];

    private readonly string[] _allowed = [.. Roots.Select(root => $"{cluster.AbsolutePath.TrimEnd('/')}{root}/namespaces/{namespaceName}/")];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        return _allowed.Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal)) && !path.Contains('%', StringComparison.Ordinal)
            ? base.SendAsync(request, cancellationToken)
            : throw new InvalidOperationException($"A call for the namespace {namespaceName} would have left it.");
    }
}
