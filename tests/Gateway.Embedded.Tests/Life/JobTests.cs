using System.Text.Json.Nodes;
using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests.Life;

public sealed class JobTests
{
    [Fact]
    public async Task Ttl_RemovesTheJobAndItsPods_OnceItIsOver()
    {
        await using var stage = await RunAsync("""{"ttlSecondsAfterFinished":10}""", """{"run-seconds":"1"}""");
        await stage.PassAsync(8);
        Assert.Equal("1", (await stage.Client.GetAsync($"{Jobs}/train-1")).At("status/succeeded"));
        await stage.PassAsync(8);
        Assert.Equal(404, (await stage.Client.GetAsync($"{Jobs}/train-1")).Status);
        Assert.Empty(await stage.PodsAsync());
    }

    [Fact]
    public async Task Failures_AreRetried_EverLater()
    {
        await using var stage = await RunAsync("""{"backoffLimit":2}""", """{"run-seconds":"1","exit-code":"1"}""");
        await stage.PassAsync(15);
        Assert.Equal(2, (await stage.PodsAsync()).Length);
        await stage.PassAsync(30);
        Assert.Equal(3, (await stage.PodsAsync()).Length);
        Assert.Equal("BackoffLimitExceeded", (await stage.Client.GetAsync($"{Jobs}/train-1")).At("status/conditions/1/reason"));
    }

    [Fact]
    public async Task OnFailure_RestartsTheContainer_InItsPod()
    {
        await using var stage = await RunAsync("""{"backoffLimit":2,"template":{"spec":{"restartPolicy":"OnFailure"}}}""", """{"run-seconds":"1","exit-code":"1"}""");
        await stage.PassAsync(5);
        Assert.Equal("1", Assert.Single(await stage.PodsAsync())["status"]!["containerStatuses"]![0]!["restartCount"]!.ToString());
        await stage.PassAsync(20);
        Assert.Equal("BackoffLimitExceeded", (await stage.Client.GetAsync($"{Jobs}/train-1")).At("status/conditions/1/reason"));
    }

    [Fact]
    public async Task ReplacementPolicyFailed_WaitsForThePodToEnd()
    {
        await using var stage = await RunAsync("""{"podReplacementPolicy":"Failed"}""", """{"run-seconds":"forever","stop-seconds":"5"}""");
        var pod = Assert.Single(await stage.PodsAsync())["metadata"]!["name"]!.ToString();
        await stage.Client.DeleteAsync($"{Pods}/{pod}");
        await stage.PassAsync(4);
        Assert.Single(await stage.PodsAsync());
        await stage.PassAsync(15);
        var next = Assert.Single(await stage.PodsAsync());
        Assert.NotEqual(pod, next["metadata"]!["name"]!.ToString());
    }

    [Fact]
    public async Task FailedIndexes_FailTheJob_OnceTheOthersAreDone()
    {
        await using var stage = await RunAsync(
            """{"completionMode":"Indexed","completions":2,"parallelism":2,"backoffLimitPerIndex":0}""", """{"run-seconds":"1","exit-code":"1"}""");
        await stage.PassAsync(10);
        var job = await stage.Client.GetAsync($"{Jobs}/train-1");
        Assert.Equal(("0,1", "FailedIndexes"), (job.At("status/failedIndexes"), job.At("status/conditions/1/reason")));
    }

    [Fact]
    public async Task FewerPodsAtATime_DropsTheRest()
    {
        await using var stage = await RunAsync("""{"parallelism":3,"completions":3}""", """{"run-seconds":"forever"}""");
        await stage.Client.PatchAsync($"{Jobs}/train-1", Parse("""{"spec":{"parallelism":1}}"""));
        await stage.PassAsync(3);
        var job = await stage.Client.GetAsync($"{Jobs}/train-1");
        Assert.Equal(("1", null), (job.At("status/active"), job.At("status/failed")));
        Assert.Single(await stage.PodsAsync());
    }

    /// <summary>A job that has run for two seconds.</summary>
    internal static async Task<Stage> RunAsync(string spec, string behaviour)
    {
        var stage = await Stage.SetAsync();
        var job = Job("train-1");
        Merge(job["spec"]!.AsObject(), Parse(spec));
        var annotations = Parse(behaviour).Select(entry => KeyValuePair.Create($"embedded.workload-gateway.io/{entry.Key}", entry.Value?.DeepClone()));
        job["spec"]!["template"]!["metadata"]!["annotations"] = new JsonObject(annotations);
        Assert.Equal(201, (await stage.Client.PostAsync(Jobs, job)).Status);
        await stage.PassAsync(2);
        return stage;
    }

    internal static void Merge(JsonObject into, JsonObject given)
    {
        foreach (var (key, value) in given)
            if (value is JsonObject inner && into[key] is JsonObject standing) Merge(standing, inner);
            else into[key] = value?.DeepClone();
    }
}
