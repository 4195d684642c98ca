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

    [Fact]
    public async Task AnotherTemplate_ReplacesThePods_TheLastOneFirst()
    {
        await using var stage = await Stage.SetAsync();
        await stage.Client.PostAsync(Builds, Build("build-1", 2));
        await stage.PassAsync(3);
        var before = (await stage.Client.GetAsync($"{Builds}/build-1")).At("status/currentRevision");
        await stage.Client.PatchAsync($"{Builds}/build-1", Parse("""{"spec":{"template":{"metadata":{"labels":{"version":"2"}}}}}"""));
        await stage.PassAsync(0.3);
        Assert.Null((await stage.Client.GetAsync($"{Pods}/build-1-0")).At("metadata/deletionTimestamp"));
        await stage.PassAsync(5);
        var done = await stage.Client.GetAsync($"{Builds}/build-1");
        Assert.Equal(("2", "2"), (done.At("status/updatedReplicas"), done.At("status/readyReplicas")));
        Assert.NotEqual(before, done.At("status/currentRevision"));
        Assert.All(await stage.PodsAsync(), pod => Assert.Equal("2", pod["metadata"]!["labels"]!["version"]!.ToString()));
    }

    [Fact]
    public async Task Claims_AreMade_AndKept()
    {
        await using var stage = await Stage.SetAsync();
        var build = Build("build-1", 1);
        build["spec"]!["volumeClaimTemplates"] = Parse("""
            {"all":[{"metadata":{"name":"data"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}]}
            """)["all"]!.DeepClone();
        await stage.Client.PostAsync(Builds, build);
        await stage.PassAsync(2);
        await stage.Client.DeleteAsync($"{Builds}/build-1");
        await stage.PassAsync(2);
        Assert.Empty(await stage.PodsAsync());
        Assert.Equal("Bound", (await stage.Client.GetAsync("/api/v1/namespaces/runai-team-a/persistentvolumeclaims/data-build-1-0")).At("status/phase"));
    }
}
