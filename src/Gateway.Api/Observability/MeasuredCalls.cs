using System.Diagnostics;

namespace Gateway.Api.Observability;

/// <summary>Measures every call to the cluster.</summary>
internal sealed class MeasuredCalls(HttpMessageHandler inner, GatewayMetrics metrics) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        object status = "cancelled";
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            status = (int)response.StatusCode;
            return response;
        }
        catch (HttpRequestException)
        {
            status = "unreachable";
            throw;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            status = "timeout";
            throw;
        }
        finally
        {
            var (verb, resource) = KubernetesCall.Of(request);
            metrics.ClusterAnswered(verb, resource, status, Stopwatch.GetElapsedTime(started));
        }
    }
}
