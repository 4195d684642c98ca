using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Gateway.Embedded.Tests;

/// <summary>A cluster of one test's own, and a caller that speaks JSON to it.</summary>
public sealed class ClusterClient : IAsyncDisposable
{
    private readonly HttpClient http;

    private ClusterClient(EmbeddedCluster cluster)
    {
        Cluster = cluster;
        http = new HttpClient { BaseAddress = cluster.Address };
    }

    public EmbeddedCluster Cluster { get; }

    public static async Task<ClusterClient> StartAsync(EmbeddedClusterOptions? options = null) =>
        new(await EmbeddedCluster.StartAsync(options ?? new EmbeddedClusterOptions()));

    public Task<Answer> GetAsync(string path) => SendAsync("GET", path);

    public Task<Answer> PostAsync(string path, JsonNode body) => SendAsync("POST", path, body);

    public Task<Answer> PatchAsync(string path, JsonNode body, string type = "application/merge-patch+json") => SendAsync("PATCH", path, body, type);

    public Task<Answer> DeleteAsync(string path, JsonNode? body = null) => SendAsync("DELETE", path, body);

    public Task<Answer> SendAsync(string method, string path, JsonNode? body = null, string type = "application/json", string? token = null) =>
        SendTextAsync(method, path, body?.ToJsonString(), type, token ?? Cluster.AdminToken);

    /// <summary>Sends a body as it stands; an empty token is none.</summary>
    public async Task<Answer> SendTextAsync(string method, string path, string? body, string type, string token, string? accept = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (token != "") request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (accept is not null) request.Headers.Accept.ParseAdd(accept);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
        using var response = await http.SendAsync(request);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.TryGetValues("Warning", out var warnings) ? warnings.First() : null);
    }

    /// <summary>The lines of a watch as they come, until the cluster ends it.</summary>
    public async IAsyncEnumerable<JsonObject> WatchAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Cluster.AdminToken);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line) yield return Manifests.Parse(line);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Cluster.DisposeAsync();
    }
}

/// <summary>What the cluster answered.</summary>
public sealed record Answer(int Status, string Text, string? Warning = null)
{
    public JsonObject Body { get; } = Text.StartsWith('{') ? JsonNode.Parse(Text)!.AsObject() : [];

    /// <summary>The text at a path of keys, or null.</summary>
    public string? At(string path)
    {
        JsonNode? node = Body;
        foreach (var key in path.Split('/'))
            node = node switch
            {
                JsonArray items => items[int.Parse(key)],
                JsonObject map => map[key],
                _ => null,
            };
        return node?.ToString();
    }
}
