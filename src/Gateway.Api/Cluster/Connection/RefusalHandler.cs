using System.Net;
using System.Text;
using System.Text.Json;
using k8s;
using k8s.Models;

namespace Gateway.Api.Cluster.Connection;

/// <summary>
/// Turns every failure of a call into a <see cref="ClusterException"/> before the Kubernetes client sees it: the client's own
/// exceptions hold the bearer token and the body.
/// </summary>
internal sealed class RefusalHandler(HttpMessageHandler inner, bool writes) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode && (IsJson(response) || IsLog(request, response)))
                return response;
            using (response)
                throw await RefusalAsync(request, response, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new ClusterException($"The cluster cannot be reached ({e.HttpRequestError}).") { FoundNobody = true, MayHaveHappened = Writes(request) && !NeverSent(e.HttpRequestError), Passes = true };
        }
        // Only connecting ends like this. Time enough was spent: it is not tried again.
        catch (OperationCanceledException e) when (e.InnerException is TimeoutException)
        {
            throw new ClusterException("The cluster cannot be reached: no connection came about in time.") { FoundNobody = true };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested is false)
        {
            throw new ClusterException("The cluster did not answer in time.") { TimedOut = true, MayHaveHappened = Writes(request) };
        }
    }

    // As itself the gateway only asks, though some questions are POSTs.
    private bool Writes(HttpRequestMessage request) =>
        writes && request.Method != HttpMethod.Get && !request.RequestUri!.Query.Contains("dryRun=All", StringComparison.Ordinal);

    // A proxy's page is no answer of the cluster, whatever its status.
    private static bool IsJson(HttpResponseMessage response) =>
        response.Content.Headers is { ContentType.MediaType: "application/json", ContentLength: not 0 };

    // The only answers that are not JSON.
    private static bool IsLog(HttpRequestMessage request, HttpResponseMessage response) =>
        request.RequestUri!.AbsolutePath.EndsWith("/log", StringComparison.Ordinal)
        && response is { StatusCode: HttpStatusCode.OK, Content.Headers.ContentType.MediaType: "text/plain" };

    private static bool NeverSent(HttpRequestError error) =>
        error is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;

    private async Task<ClusterException> RefusalAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = Read(Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken)));
        return new(status?.Message ?? $"The cluster answered {(int)response.StatusCode}.")
        {
            Status = response.StatusCode,
            Reason = status?.Reason ?? "",
            About = status?.Details?.Kind ?? "",
            Named = status?.Details?.Name ?? "",
            Causes = [.. status?.Details?.Causes ?? []],
            RetryAfter = response.Headers.RetryAfter?.Delta ?? Seconds(status?.Details?.RetryAfterSeconds),
            Passes = Passes(response.StatusCode, status),
            MayHaveHappened = Writes(request) && !WasNotAdmitted(status) && (response.IsSuccessStatusCode || response.StatusCode >= HttpStatusCode.InternalServerError),
        };
    }

    // 409 is the quota's own count, changed by another create at the same time; both 403s are of a server that has just started.
    private static bool Passes(HttpStatusCode code, V1Status? status) => code switch
    {
        HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => true,
        HttpStatusCode.Conflict => status?.Details?.Kind == "resourcequotas",
        HttpStatusCode.Forbidden => status?.Message is { } why && (why.Contains("not yet ready to handle request", StringComparison.Ordinal) || why.Contains("status unknown for quota", StringComparison.Ordinal)),
        _ => false,
    };

    // Nothing is stored before all webhooks have answered.
    private static bool WasNotAdmitted(V1Status? status) => status?.Message is { } why && why.StartsWith("Internal error occurred: failed calling webhook", StringComparison.Ordinal);

    private static TimeSpan? Seconds(int? seconds) => seconds is { } some ? TimeSpan.FromSeconds(some) : null;

    // Not every refusal is a Status: a 429 of priority and fairness and some 500s are plain text.
    private static V1Status? Read(string body)
    {
        try
        {
            return KubernetesJson.Deserialize<V1Status>(body) is { Kind: "Status" } status ? status : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
