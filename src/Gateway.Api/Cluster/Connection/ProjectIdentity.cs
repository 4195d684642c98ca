using System.Net;
using System.Net.Http.Headers;
using Gateway.Api.Observability;

namespace Gateway.Api.Cluster.Connection;

/// <summary>Sends every call of one namespace as its service account, and nothing else; a token that the cluster no longer takes is replaced once.</summary>
internal sealed class ProjectIdentity(ProjectAccount account, ProjectToken token, GatewayMetrics metrics, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var bearer = await token.GetAsync(cancellationToken);
        try
        {
            return await SendAsync(request, bearer, cancellationToken);
        }
        catch (ClusterException e) when (e.Status == HttpStatusCode.Unauthorized && token.Reject(bearer))
        {
            metrics.ClusterCallRepeated();
            return await SendAgainAsync(request, e.MayHaveHappened, cancellationToken);
        }
    }

    // What an attempt before the refusal may have done, it may have done still.
    private async Task<HttpResponseMessage> SendAgainAsync(HttpRequestMessage request, bool mayHaveHappened, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(request, await token.GetAsync(cancellationToken), cancellationToken);
        }
        catch (ClusterException e)
        {
            e.MayHaveHappened |= mayHaveHappened;
            throw;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string bearer, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (ClusterException e) when (e.Status == HttpStatusCode.Unauthorized || e.Denied is not null)
        {
            e.SetUp = e.Denied is { } right ? account.MayNot(right) : account.NotTaken;
            throw;
        }
    }
}
