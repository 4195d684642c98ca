using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Gateway.Api.Tests.Pages;

/// <summary>The client of docs/clients.md, to the letter.</summary>
internal sealed class GatewayClient(HttpClient http, string token)
{
    private const int Attempts = 6;

    public async Task<JsonObject> SubmitAsync(string project, string key, JsonObject workload, CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, $"projects/{project}/workloads") { Content = JsonContent.Create(workload) };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                request.Headers.Add("Idempotency-Key", key);
                using var response = await http.SendAsync(request, cancellationToken);
                var answer = (await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!;
                if (response.IsSuccessStatusCode)
                    return answer;
                if (attempt == Attempts || (bool?)answer["retryable"] != true)
                    throw new InvalidOperationException($"{answer["code"]}: {answer["detail"]}");
                await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), cancellationToken);
            }
            catch (HttpRequestException) when (attempt < Attempts)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            }
        }
    }
}
