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
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", cluster.AdminToken);
    }

    public EmbeddedCluster Cluster { get; }

    public static async Task<ClusterClient> StartAsync(EmbeddedClusterOptions? options = null) =>
        new(await EmbeddedCluster.StartAsync(options ?? new EmbeddedClusterOptions()));

    public Task<Answer> GetAsync(string path) => SendAsync("GET", path);

    public Task<Answer> PostAsync(string path, JsonNode body) => SendAsync("POST", path, body);

    public Task<Answer> PatchAsync(string path, JsonNode body, string type = "application/merge-patch+json") => SendAsync("PATCH", path, body, type);

    public Task<Answer> DeleteAsync(string path, JsonNode? body = null) => SendAsync("DELETE", path, body);

    /// <summary>Reads what is not JSON.</summary>
    public async Task<(int Status, string Text)> ReadAsync(string path)
    {
        using var response = await http.GetAsync(path);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task<Answer> SendAsync(string method, string path, JsonNode? body = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue(type));
        using var response = await http.SendAsync(request);
        return new Answer((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Cluster.DisposeAsync();
    }
}

/// <summary>What the cluster answered.</summary>
public sealed record Answer(int Status, JsonObject Body)
{
    /// <summary>The text at a path of keys, or null.</summary>
    public string? At(string path)
    {
        JsonNode? node = Body;
        foreach (var key in path.Split('/')) node = node is JsonArray items ? items[int.Parse(key)] : node?[key];
        return node?.ToString();
    }
}
