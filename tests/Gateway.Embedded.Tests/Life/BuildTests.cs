using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests.Life;

public sealed class BuildTests
{
    private const string Builds = "/apis/apps/v1/namespaces/runai-team-a/statefulsets";

    [Fact]
    public async Task Build_Runs_UntilItIsScaledToNone()
    {
        await using var stage = await Stage.SetAsync();
        await stage.Client.PostAsync(Builds, Build("build-1", 1));
        await stage.PassAsync(100);
        var running = await stage.Client.GetAsync($"{Builds}/build-1");
        Assert.Equal(("1", "1", "1"), (running.At("status/readyReplicas"), running.At("status/currentReplicas"), running.At("status/observedGeneration")));
        Assert.Equal("build-1-0", Assert.Single(await stage.PodsAsync())["metadata"]!["name"]!.ToString());
        await stage.Client.PatchAsync($"{Builds}/build-1", Parse("""{"spec":{"replicas":0}}"""));
        await stage.PassAsync(2);
        Assert.Empty(await stage.PodsAsync());
        Assert.Equal("0", (await stage.Client.GetAsync($"{Builds}/build-1")).At("status/replicas"));
    }

    [Fact]
    public async Task Replicas_StartOneAfterAnother()
    {
        await using var stage = await Stage.SetAsync();
        await stage.Client.PostAsync(Builds, Build("build-1", 3));
        await stage.PassAsync(0.4);
        Assert.Equal(2, (await stage.PodsAsync()).Length);
        await stage.PassAsync(2);
        Assert.Equal("3", (await stage.Client.GetAsync($"{Builds}/build-1")).At("status/readyReplicas"));
    }
}
