using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests.Life;

public sealed class LostNodeTests
{
    private const string Builds = "/apis/apps/v1/namespaces/runai-team-a/statefulsets";
    private const string Node = "/api/v1/nodes/node-1";

    [Fact]
    public async Task Pod_OnALostNode_StaysUntilItIsDeletedByForce()
    {
        await using var stage = await LoseAsync();
        Assert.Equal("Unknown", (await stage.Client.GetAsync(Node)).At("status/conditions/0/status"));
        Assert.Equal("False", await ReadyAsync(stage));
        await stage.Client.DeleteAsync($"{Pods}/build-1-0");
        await stage.PassAsync(60);
        Assert.NotNull((await stage.Client.GetAsync($"{Pods}/build-1-0")).At("metadata/deletionTimestamp"));
        await stage.Client.DeleteAsync($"{Pods}/build-1-0?gracePeriodSeconds=0");
        await stage.PassAsync(1);
        var next = await stage.Client.GetAsync($"{Pods}/build-1-0");
        Assert.StartsWith("0/1 nodes are available: 1 node(s) had untolerated taint(s).", next.At("status/conditions/0/message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pod_WhoseNodeComesBack_IsReadyAgain_AndCanBeDeleted()
    {
        await using var stage = await LoseAsync();
        await MarkAsync(stage, "null");
        Assert.Equal("True", await ReadyAsync(stage));
        Assert.Equal("True", (await stage.Client.GetAsync(Node)).At("status/conditions/0/status"));
        await stage.Client.DeleteAsync($"{Builds}/build-1");
        await stage.PassAsync(3);
        Assert.Empty(await stage.PodsAsync());
    }

    [Fact]
    public async Task Pods_OfALostNode_AreMarkedForDeletion_AfterFiveMinutes()
    {
        await using var stage = await LoseAsync();
        await stage.PassAsync(295);
        Assert.Null((await stage.Client.GetAsync($"{Pods}/build-1-0")).At("metadata/deletionTimestamp"));
        await stage.PassAsync(10);
        Assert.NotNull((await stage.Client.GetAsync($"{Pods}/build-1-0")).At("metadata/deletionTimestamp"));
    }

    [Fact]
    public async Task Pod_ThatIsEvicted_FailsAndSaysWhy()
    {
        await using var stage = await Stage.SetAsync();
        var pod = Parse("""{"metadata":{"name":"pod-1"},"spec":{"containers":[{"name":"main","image":"x"}]}}""");
        pod["metadata"]!["annotations"] = Parse("""{"embedded.workload-gateway.io/evicted":"The node was low on resource: memory."}""");
        await stage.Client.PostAsync(Pods, pod);
        await stage.PassAsync(7);
        var evicted = await stage.Client.GetAsync($"{Pods}/pod-1");
        Assert.Equal(("Failed", "Evicted", "The node was low on resource: memory."), (evicted.At("status/phase"), evicted.At("status/reason"), evicted.At("status/message")));
        Assert.Equal(("137", "DisruptionTarget"), (evicted.At("status/containerStatuses/0/state/terminated/exitCode"), evicted.At("status/conditions/0/type")));
        Assert.Contains("Evicted", await stage.EventsAsync("pod-1"));
    }

    /// <summary>A build runs on the only node, and then the node is lost.</summary>
    private static async Task<Stage> LoseAsync()
    {
        var stage = await Stage.SetAsync(new EmbeddedClusterOptions { Nodes = [new() { Name = "node-1" }] });
        await stage.Client.PostAsync(Builds, Build("build-1", 1));
        await stage.PassAsync(2);
        Assert.Equal("True", await ReadyAsync(stage));
        await MarkAsync(stage, "\"true\"");
        return stage;
    }

    private static async Task MarkAsync(Stage stage, string value)
    {
        var patch = Parse("""{"metadata":{"annotations":{"embedded.workload-gateway.io/lost":VALUE}}}""".Replace("VALUE", value, StringComparison.Ordinal));
        Assert.Equal(200, (await stage.Client.PatchAsync(Node, patch)).Status);
        await stage.PassAsync(1);
    }

    private static async Task<string> ReadyAsync(Stage stage) =>
        (await stage.GetAsync($"{Pods}/build-1-0"))["status"]!["conditions"]!.AsArray().First(condition => condition!["type"]!.ToString() == "Ready")!["status"]!.ToString();
}
