using System.Text.Json.Nodes;
using Gateway.Embedded.Store;
using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests;

public sealed class SlowWatcherTests
{
    private const string Maps = "/api/v1/namespaces/runai-team-a/configmaps";
    private const int Changes = 128;
    private const int History = 10;

    /// <summary>
    /// 64 MB of changes. What the watcher still gets is what lay in the buffers of both sockets, at most a few MB,
    /// and the changes it had begun to send; had the cluster kept the others for it, they would come too.
    /// </summary>
    [Fact]
    public async Task Watch_WhoseClientStopsReading_IsNotKeptWaitingFor_ButEnded()
    {
        await using var client = await ClusterClient.StartAsync(new EmbeddedClusterOptions { History = History });
        var version = (await client.PostAsync(Maps, Map("small"))).At("metadata/resourceVersion");
        await client.PostAsync(Maps, Map("large"));
        await using var watch = client.WatchAsync($"{Maps}?watch=1&resourceVersion={version}").GetAsyncEnumerator();
        Assert.True(await watch.MoveNextAsync());

        foreach (var number in Enumerable.Range(0, Changes)) await WriteAsync(client, number);

        var log = client.Cluster.Objects.Store.Changes(ResourceTypes.ConfigMaps);
        Assert.InRange(log.After(log.Horizon, out _)!.Count, 0, 2 * History);
        var late = new List<JsonObject>();
        while (late.Count <= Changes / 2 && await watch.MoveNextAsync()) late.Add(watch.Current);
        Assert.InRange(late.Count, 2, Changes / 2);
        Assert.Equal(("ERROR", "410"), (late[^1]["type"]!.ToString(), late[^1]["object"]!["code"]!.ToString()));
    }

    private static async Task WriteAsync(ClusterClient client, int number)
    {
        var text = new string((char)('a' + (number % 26)), 512 * 1024);
        Assert.Equal(200, (await client.PatchAsync($"{Maps}/large", new JsonObject { ["data"] = new JsonObject { ["text"] = text } })).Status);
    }

    private static JsonObject Map(string name) => Parse($$"""{"metadata":{"name":"{{name}}"} }""");
}
