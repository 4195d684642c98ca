using System.Text.Json.Nodes;
using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests;

public sealed class ListAndWatchTests
{
    private const string Maps = "/api/v1/namespaces/runai-team-a/configmaps";

    [Fact]
    public async Task List_InPages_HoldsEveryObjectOnce()
    {
        await using var client = await ClusterClient.StartAsync();
        foreach (var index in Enumerable.Range(0, 7)) await client.PostAsync(Jobs, Job($"train-{index}"));
        var (names, token) = (new List<string>(), "");
        do
        {
            var page = await client.GetAsync($"{Jobs}?limit=3&continue={token}");
            names.AddRange(Names(page));
            token = page.At("metadata/continue") ?? "";
        }
        while (token != "");
        Assert.Equal(Enumerable.Range(0, 7).Select(index => $"train-{index}"), names);
    }

    [Theory]
    [InlineData("labelSelector=team%3Da", "l0,l1")]
    [InlineData("labelSelector=team!%3Da", "l2,l3")]
    [InlineData("labelSelector=team+in+(a,b),!old", "l0,l2")]
    [InlineData("labelSelector=team+notin+(a)", "l2,l3")]
    [InlineData("labelSelector=old", "l1,l3")]
    [InlineData("fieldSelector=metadata.name%3Dl3", "l3")]
    [InlineData("fieldSelector=metadata.name!%3Dl3&labelSelector=team%3Db", "l2")]
    public async Task List_WithASelector_HoldsWhatMatches(string selector, string expected)
    {
        await using var client = await ClusterClient.StartAsync();
        foreach (var (name, labels) in new[] { ("l0", """{"team":"a"}"""), ("l1", """{"team":"a","old":""}"""), ("l2", """{"team":"b"}"""), ("l3", """{"team":"b","old":""}""") })
        {
            var job = Job(name);
            job["metadata"]!["labels"] = JsonNode.Parse(labels);
            await client.PostAsync(Jobs, job);
        }
        Assert.Equal(expected, string.Join(',', Names(await client.GetAsync($"{Jobs}?{selector}"))));
    }

    [Theory]
    [InlineData("labelSelector=bad%20%3D%3D%3D", 400, "unable to parse requirement: found '=', expected: identifier")]
    [InlineData("fieldSelector=spec.nope%3D1", 400, "field label \"spec.nope\" not supported for ConfigMap")]
    [InlineData("limit=3&continue=garbage", 400, "invalid continue token: continue key is not valid: invalid character '\\u0081' looking for beginning of value")]
    [InlineData("watch=1&resourceVersion=abc", 500, "resourceVersion: Invalid value: \"abc\": strconv.ParseUint: parsing \"abc\": invalid syntax")]
    public async Task List_WithWhatCannotBeRead_IsRefused(string query, int status, string message)
    {
        await using var client = await ClusterClient.StartAsync();
        var refused = await client.GetAsync($"{Maps}?{query}");
        Assert.Equal((status, message), (refused.Status, refused.At("message")));
    }

    [Fact]
    public async Task Watch_FromAVersion_TellsWhatHappenedSince()
    {
        await using var client = await ClusterClient.StartAsync();
        var version = (await client.GetAsync(Maps)).At("metadata/resourceVersion");
        await client.PostAsync(Maps, Map("one", "x"));
        await client.PatchAsync($"{Maps}/one", Parse("""{"metadata":{"labels":{"kind":"y"}}}"""));
        await client.DeleteAsync($"{Maps}/one");
        var all = await Take(client.WatchAsync($"{Maps}?watch=1&resourceVersion={version}"), 3);
        var ofOneKind = await Take(client.WatchAsync($"{Maps}?watch=1&resourceVersion={version}&labelSelector=kind%3Dx"), 2);
        Assert.Equal(["ADDED one", "MODIFIED one", "DELETED one"], all.Select(Event));
        Assert.Equal(["ADDED one", "DELETED one"], ofOneKind.Select(Event));
    }

    [Fact]
    public async Task Watch_WithInitialEvents_MarksTheirEnd()
    {
        await using var client = await ClusterClient.StartAsync();
        await client.PostAsync(Jobs, Job("train-1"));
        var events = await Take(client.WatchAsync($"{Jobs}?watch=1&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan"), 2);
        Assert.Equal("ADDED train-1", Event(events[0]));
        Assert.Equal("true", events[1]["object"]!["metadata"]!["annotations"]!["k8s.io/initial-events-end"]!.ToString());
    }

    [Fact]
    public async Task Watch_FromForgottenHistory_SaysSoAndEnds()
    {
        await using var client = await ClusterClient.StartAsync(new EmbeddedClusterOptions { History = 5 });
        var version = (await client.GetAsync(Maps)).At("metadata/resourceVersion");
        foreach (var index in Enumerable.Range(0, 20)) await client.PostAsync(Maps, Map($"map-{index}", "x"));
        var events = await Take(client.WatchAsync($"{Maps}?watch=1&resourceVersion={version}"), int.MaxValue);
        Assert.Equal(("ERROR", "410", "Expired"), (events[0]["type"]!.ToString(), events[0]["object"]!["code"]!.ToString(), events[0]["object"]!["reason"]!.ToString()));
        Assert.Single(events);
    }

    private static JsonObject Map(string name, string kind) => Parse($$"""{"metadata":{"name":"{{name}}","labels":{"kind":"{{kind}}"} } }""");

    private static string Event(JsonObject item) => $"{item["type"]} {item["object"]!["metadata"]!["name"]}";

    private static IEnumerable<string> Names(Answer list) => list.Body["items"]!.AsArray().Select(item => item!["metadata"]!["name"]!.ToString());

    private static async Task<List<JsonObject>> Take(IAsyncEnumerable<JsonObject> events, int count)
    {
        var taken = new List<JsonObject>();
        await foreach (var item in events)
        {
            taken.Add(item);
            if (taken.Count == count) break;
        }
        return taken;
    }
}
