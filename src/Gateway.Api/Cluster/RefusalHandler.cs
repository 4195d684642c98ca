using System.Net;
using System.Text.Json;
using k8s;
using k8s.Models;

namespace Gateway.Api.Cluster;

/// <summary>
/// Turns every failure of a call into a <see cref="ClusterException"/> before the Kubernetes client sees it: the client's own
/// exceptions hold the bearer token and the body.
/// </summary>
internal sealed class RefusalHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode)
                return response;
            using (response)
                throw await RefusalAsync(response, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new ClusterException($"The cluster cannot be reached ({e.HttpRequestError}).") { MayHaveHappened = !NeverSent(e.HttpRequestError) };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested is false)
        {
            throw TimeOut();
        }
    }

    /// <summary>What a call that was given up after a time becomes.</summary>
    internal static ClusterException TimeOut() => new("The cluster did not answer in time.") { TimedOut = true, MayHaveHappened = true };

    private static bool NeverSent(HttpRequestError error) =>
        error is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;

    private static async Task<ClusterException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = Read(await response.Content.ReadAsStringAsync(cancellationToken));
        return new(status?.Message ?? $"The cluster answered {(int)response.StatusCode}.")
        {
            Status = response.StatusCode,
            Reason = status?.Reason ?? "",
            About = status?.Details?.Kind ?? "",
            Causes = [.. status?.Details?.Causes ?? []],
            RetryAfter = response.Headers.RetryAfter?.Delta,
            MayHaveHappened = response.StatusCode >= HttpStatusCode.InternalServerError,
        };
    }

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
