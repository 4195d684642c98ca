using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Gateway.Api.Tests.Faults;

/// <summary>A caller who sends a submission again and again, with its key, until it is told that it was taken.</summary>
internal sealed class PatientCaller(Uri gateway) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(3);

    // What a caller has to bear: the gateway or the cluster is in trouble, and says so.
    private static readonly HttpStatusCode[] Passing =
        [HttpStatusCode.TooManyRequests, HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout];

    private readonly HttpClient _http = new() { BaseAddress = gateway };

    /// <summary>Has the submission taken: the workload, as it was acknowledged.</summary>
    public async Task<JsonObject> SubmitAsync(JsonObject submission, string key)
    {
        using var end = new CancellationTokenSource(LongestWait);
        while (true)
        {
            if (await TryAsync(submission, key, end.Token) is { } taken)
                return taken;
            await Task.Delay(Pause, end.Token);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonObject?> TryAsync(JsonObject submission, string key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/projects/team-a/workloads") { Content = new StringContent(submission.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", key);
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.IsSuccessStatusCode)
                return JsonNode.Parse(text)!.AsObject();
            Assert.True(Passing.Contains(response.StatusCode), $"{(int)response.StatusCode}: {text}");
            return null;
        }
        catch (HttpRequestException)
        {
            // The gateway was killed.
            return null;
        }
    }
}
