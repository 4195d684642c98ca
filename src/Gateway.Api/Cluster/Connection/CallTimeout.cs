namespace Gateway.Api.Cluster.Connection;

/// <summary>Gives up when a call takes too long: until its answer begins, and with <paramref name="whole"/> until it has all been read.</summary>
/// <remarks>
/// The Kubernetes client reads bodies synchronously, bound by neither time nor cancellation, so what it is given is read whole
/// before. An answer that goes on, such as a watch, is for who opened it to give up.
/// </remarks>
internal sealed class CallTimeout(HttpMessageHandler inner, TimeSpan timeout, bool whole, TimeProvider time) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(MayBeginLate(request) ? Timeout.InfiniteTimeSpan : timeout, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var response = await base.SendAsync(request, deadline.Token);
        if (whole)
            await response.Content.LoadIntoBufferAsync(deadline.Token);
        return response;
    }

    // The log of a silent container has no headers before its first line.
    private static bool MayBeginLate(HttpRequestMessage request) => request.RequestUri!.Query.Contains("follow=true", StringComparison.Ordinal);
}
