using System.Text.Json.Nodes;
using static Gateway.Embedded.Tests.Life.JobTests;
using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests.Life;

/// <summary>What a Job makes of pods that failed, by rules of its own.</summary>
public sealed class FailurePolicyTests
{
    private const string IgnoresDisruptions = """{"action":"Ignore","onPodConditions":[{"type":"DisruptionTarget","status":"True"}]}""";

    [Fact]
    public async Task Eviction_ThatIsIgnored_CountsForNothing_AndThePodIsReplacedOnceItHasEnded()
    {
        await using var stage = await RunAsync(Policy(IgnoresDisruptions), """{"run-seconds":"forever","stop-seconds":"5"}""");
        var pod = await NameAsync(stage);

        var evicted = await stage.Client.PostAsync($"{Pods}/{pod}/eviction", Parse("""{"apiVersion":"policy/v1","kind":"Eviction"}"""));
        Assert.Equal(201, evicted.Status);
        Assert.Equal(("DisruptionTarget", "EvictionByEvictionAPI"), await FirstConditionAsync(stage, pod));
        await stage.PassAsync(4);
        Assert.Single(await stage.PodsAsync());

        await stage.PassAsync(15);
        Assert.NotEqual(pod, await NameAsync(stage));
        Assert.Equal((null, "1"), await CountsAsync(stage));
    }

    // As on KAI without its flag.
    [Fact]
    public async Task Deletion_WithoutTheCondition_CountsOnceThePodHasFailed()
    {
        await using var stage = await RunAsync(Policy(IgnoresDisruptions), """{"run-seconds":"forever","stop-seconds":"5"}""");
        await stage.Client.DeleteAsync($"{Pods}/{await NameAsync(stage)}");
        await stage.PassAsync(4);
        Assert.Equal((null, null), await CountsAsync(stage));

        await stage.PassAsync(4);
        Assert.Equal(("1", "BackoffLimitExceeded"), ((await CountsAsync(stage)).Failed, (await stage.Client.GetAsync($"{Jobs}/train-1")).At("status/conditions/1/reason")));
    }

    [Fact]
    public async Task ExitCode_ThatFailsTheJob_LeavesNoRetry()
    {
        await using var stage = await RunAsync(Policy("""{"action":"FailJob","onExitCodes":{"operator":"NotIn","values":[137,143]}}""", backoffLimit: 5), """{"run-seconds":"1","exit-code":"3"}""");
        await stage.PassAsync(8);
        var job = await stage.Client.GetAsync($"{Jobs}/train-1");
        Assert.Equal(("1", "PodFailurePolicy"), (job.At("status/failed"), job.At("status/conditions/1/reason")));
        Assert.EndsWith(" failed with exit code 3 matching FailJob rule at index 0", job.At("status/conditions/1/message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExitCode_OfNoRule_IsRetried()
    {
        await using var stage = await RunAsync(Policy("""{"action":"FailJob","onExitCodes":{"operator":"NotIn","values":[137,143]}}""", backoffLimit: 5), """{"run-seconds":"1","exit-code":"137"}""");
        await stage.PassAsync(15);
        Assert.Equal(2, (await stage.PodsAsync()).Length);
    }

    [Fact]
    public async Task ExitCode_ThatFailsItsIndex_EndsThatIndexAlone()
    {
        var spec = Parse(Policy("""{"action":"FailIndex","onExitCodes":{"operator":"In","values":[3]}}""", backoffLimit: null));
        foreach (var (key, value) in Parse("""{"completionMode":"Indexed","completions":2,"parallelism":2,"backoffLimitPerIndex":4}"""))
            spec[key] = value?.DeepClone();
        await using var stage = await RunAsync(spec.ToJsonString(), """{"run-seconds":"1","exit-code":"3"}""");
        await stage.PassAsync(10);
        var job = await stage.Client.GetAsync($"{Jobs}/train-1");
        Assert.Equal(("0,1", "FailedIndexes"), (job.At("status/failedIndexes"), job.At("status/conditions/1/reason")));
    }

    [Theory]
    [InlineData("""{"template":{"spec":{"restartPolicy":"OnFailure"}}}""", "spec.template.spec.restartPolicy")]
    [InlineData("""{"podReplacementPolicy":"TerminatingOrFailed"}""", "spec.podReplacementPolicy")]
    [InlineData("""{"podFailurePolicy":{"rules":[{"action":"FailIndex","onExitCodes":{"operator":"In","values":[3]}}]}}""", "spec.podFailurePolicy.rules[0].action")]
    [InlineData("""{"podFailurePolicy":{"rules":[{"action":"Ignore"}]}}""", "spec.podFailurePolicy.rules[0]")]
    public async Task Rejects_APolicyThatCannotHold(string spec, string field)
    {
        await using var client = await ClusterClient.StartAsync();
        var job = Job("train-1");
        Merge(job["spec"]!.AsObject(), Parse(Policy(IgnoresDisruptions)));
        Merge(job["spec"]!.AsObject(), Parse(spec));

        var refused = await client.PostAsync(Jobs, job);

        Assert.Equal((422, field), (refused.Status, refused.At("details/causes/0/field")));
    }

    private static string Policy(string rule, int? backoffLimit = 0) =>
        new JsonObject { ["backoffLimit"] = backoffLimit, ["podFailurePolicy"] = new JsonObject { ["rules"] = new JsonArray(Parse(rule)) } }.ToJsonString();

    private static async Task<string> NameAsync(Stage stage) => Assert.Single(await stage.PodsAsync())["metadata"]!["name"]!.ToString();

    private static async Task<(string?, string?)> FirstConditionAsync(Stage stage, string pod)
    {
        var seen = await stage.Client.GetAsync($"{Pods}/{pod}");
        return (seen.At("status/conditions/0/type"), seen.At("status/conditions/0/reason"));
    }

    private static async Task<(string? Failed, string? Active)> CountsAsync(Stage stage)
    {
        var job = await stage.Client.GetAsync($"{Jobs}/train-1");
        return (job.At("status/failed"), job.At("status/active"));
    }
}
