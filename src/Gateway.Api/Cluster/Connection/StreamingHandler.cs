namespace Gateway.Api.Cluster.Connection;

/// <summary>
/// Hands an answer out as soon as it begins, however long it goes on. What goes on for long may also begin late: the log of a silent
/// container has no headers before its first line. Everything else has to answer in time, and a refusal is read whole.
/// </summary>
internal sealed class StreamingHandler(HttpMessageHandler inner, TimeSpan timeout) : DelegatingHandler(inner)
{
    private const int LongestRefusal = 64 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (!GoesOn(request))
            deadline.CancelAfter(timeout);
        var response = await base.SendAsync(request, deadline.Token);
        if (response.IsSuccessStatusCode)
            return response;
        deadline.CancelAfter(timeout);
        await response.Content.LoadIntoBufferAsync(LongestRefusal, deadline.Token);
        return response;
    }

    private static bool GoesOn(HttpRequestMessage request) =>
        request.RequestUri!.Query.Contains("follow=true", StringComparison.Ordinal) || request.RequestUri.Query.Contains("watch=true", StringComparison.Ordinal);
}
