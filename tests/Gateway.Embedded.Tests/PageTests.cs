using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests;

public sealed class PageTests
{
    private const string Maps = "/api/v1/namespaces/runai-team-b/configmaps";

    [Fact]
    public async Task List_ContinuedAfterItsHistoryIsGone_IsRefused_AndMayGoOnInconsistently()
    {
        await using var client = await ClusterClient.StartAsync();
        foreach (var name in new[] { "a", "b" }) await client.PostAsync(Maps, Map(name));
        var first = await client.GetAsync($"{Maps}?limit=1");
        client.Cluster.Faults.ForgetHistory();
        await client.PostAsync(Maps, Map("c"));
        client.Cluster.Faults.ForgetHistory();
        var refused = await client.GetAsync($"{Maps}?limit=1&continue={first.At("metadata/continue")}");
        Assert.Equal((410, "Expired", "Failure"), (refused.Status, refused.At("reason"), refused.At("status")));
        var rest = await client.GetAsync($"{Maps}?continue={refused.At("metadata/continue")}");
        Assert.Equal((200, "b"), (rest.Status, rest.At("items/0/metadata/name")));
    }

    private static System.Text.Json.Nodes.JsonObject Map(string name) => Parse($$"""{"metadata":{"name":"{{name}}"} }""");
}
