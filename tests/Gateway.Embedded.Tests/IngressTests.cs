using System.Text.Json.Nodes;
using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests;

public sealed class IngressTests
{
    private const string Ingresses = "/apis/networking.k8s.io/v1/namespaces/runai-team-a/ingresses";

    private const string Good = """{"rules":[{"host":"*.example.com","http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"web","port":{"number":80}}}}]}}]}""";

    [Fact]
    public async Task Ingress_IsCreated_Watched_Changed_AndDeleted()
    {
        await using var client = await ClusterClient.StartAsync();
        var version = (await client.GetAsync(Ingresses)).At("metadata/resourceVersion");
        Assert.Equal(201, (await client.PostAsync(Ingresses, Ingress(Good))).Status);
        var patched = await client.PatchAsync($"{Ingresses}/web", Parse("""{"spec":{"ingressClassName":"nginx"}}"""));
        Assert.Equal((200, "2", "nginx"), (patched.Status, patched.At("metadata/generation"), patched.At("spec/ingressClassName")));
        Assert.Equal(200, (await client.DeleteAsync($"{Ingresses}/web")).Status);
        var seen = new List<string>();
        await foreach (var change in client.WatchAsync($"{Ingresses}?watch=1&resourceVersion={version}"))
        {
            seen.Add(change["type"]!.ToString());
            if (seen.Count == 3) break;
        }
        Assert.Equal(["ADDED", "MODIFIED", "DELETED"], seen);
    }

    [Theory]
    [InlineData("{}", "spec: Invalid value: null: either `defaultBackend` or `rules` must be specified")]
    [InlineData("""{"defaultBackend":{"service":{"name":"web"}}}""", "spec.defaultBackend: Required value: port name or number is required")]
    [InlineData("""{"defaultBackend":{}}""", "spec.defaultBackend: Invalid value: \"\": resource or service backend is required")]
    [InlineData("""{"rules":[{"http":{"paths":[]}}]}""", "spec.rules[0].http.paths: Required value")]
    [InlineData("""{"rules":[{"http":{"paths":[{"path":"/","backend":{"service":{"name":"web","port":{"name":"http"}}}}]}}]}""", "spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified")]
    [InlineData("""{"rules":[{"http":{"paths":[{"path":"x","pathType":"Exact","backend":{"service":{"name":"web","port":{"name":"http"}}}}]}}]}""", "spec.rules[0].http.paths[0].path: Invalid value: \"x\": must be an absolute path")]
    public async Task Rejects_AnIngress(string spec, string message)
    {
        await using var client = await ClusterClient.StartAsync();
        var refused = await client.PostAsync(Ingresses, Ingress(spec));
        Assert.Equal((422, $"Ingress.networking.k8s.io \"web\" is invalid: {message}"), (refused.Status, refused.At("message")));
    }

    private static JsonObject Ingress(string spec) => new() { ["metadata"] = new JsonObject { ["name"] = "web" }, ["spec"] = JsonNode.Parse(spec) };
}
