using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Gateway.Api.Tests.Faults;

/// <summary>A caller who sends a request again and again, until it is told that it was carried out.</summary>
internal sealed class PatientCaller(Uri gateway) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(3);

    private readonly HttpClient _http = new() { BaseAddress = new Uri(gateway, "/projects/team-a/workloads") };

    /// <summary>Has the submission taken: the workload, as it was acknowledged.</summary>
    public Task<JsonObject> SubmitAsync(JsonObject submission, string key) => AskAsync(HttpMethod.Post, "", submission, key);

    /// <summary>Has the workload deleted; one that is gone is.</summary>
    public Task<JsonObject> DeleteAsync(string name, string uid) => AskAsync(HttpMethod.Delete, $"/{name}?uid={uid}", orElse: HttpStatusCode.NotFound);

    /// <summary>Has something done: the answer, which is a success or the one that is as good. Of a batch every item is.</summary>
    public async Task<JsonObject> AskAsync(HttpMethod method, string path, JsonNode? body = null, string? key = null, HttpStatusCode? orElse = null)
    {
        using var end = new CancellationTokenSource(LongestWait);
        while (true)
        {
            if (await TryAsync(method, path, body, key, orElse, end.Token) is { } taken)
                return taken;
            await Task.Delay(Pause, end.Token);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonObject?> TryAsync(HttpMethod method, string path, JsonNode? body, string? key, HttpStatusCode? orElse, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, $"{_http.BaseAddress}{path}");
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!.AsObject();
            var parts = response.IsSuccessStatusCode && answer["items"] is JsonArray items ? items.Select(item => ((int)item!["status"]!, item["problem"])) : [((int)response.StatusCode, answer)];
            return parts.All(part => IsDone(part.Item1, part.Item2, orElse)) ? answer : null;
        }
        catch (HttpRequestException)
        {
            // The gateway was killed.
            return null;
        }
    }

    // What a caller has to bear: the gateway or the cluster is in trouble, and says so.
    private static bool IsDone(int status, JsonNode? problem, HttpStatusCode? orElse)
    {
        if (status is >= 200 and < 300 || status == (int?)orElse)
            return true;
        Assert.True((bool?)problem!["retryable"], $"{status}: {problem.ToJsonString()}");
        return false;
    }
}
