namespace Gateway.Api.Cluster.Connection;

/// <summary>
/// Reads each answer whole before the Kubernetes client parses it, and gives up when the time of one call runs out: the
/// client reads bodies synchronously, bound by neither time nor cancellation.
/// </summary>
internal sealed class BufferingHandler(HttpMessageHandler inner, TimeSpan timeout) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        var response = await base.SendAsync(request, deadline.Token);
        await response.Content.LoadIntoBufferAsync(deadline.Token);
        return response;
    }
}
