using System.Text.Json.Nodes;
using Gateway.Api.Tests.Clusters;
using Gateway.Api.Tests.Identity;
using Gateway.Embedded.Faults;
using k8s;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Api.Tests.Projects;

/// <summary>What a project takes of the cluster, read by any caller who may read it.</summary>
public sealed class UsageTests
{
    private const string Path = "/projects/team-a";

    [EmbeddedFact("drives the cluster's clock")]
    public async Task Project_AsItsWorkloadsComeAndGo_ShowsTheirGpus()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await StartAsync(new() { Time = time });
        Assert.Equal("""{"name":"team-a","namespace":"runai-team-a","gpus":{"requested":0,"allocated":0}}""", (await host.GetAsync(Path)).ToJsonString());

        await SubmitAsync(host, "two-gpus", new() { ["count"] = 2 });
        await SubmitAsync(host, "quarters", new() { ["fraction"] = 0.25, ["devices"] = 2 });
        await SubmitAsync(host, "no-gpu", gpu: null);
        await UntilAsync(host, time, """{"requested":2.5,"allocated":2.5}""");
        await SubmitAsync(host, "too-large", new() { ["count"] = 64 });
        await SubmitAsync(host, "by-memory", new() { ["memory"] = "10Gi" });
        await UntilAsync(host, time, """{"requested":66.5,"allocated":2.5,"uncountedPods":1}""");

        (await host.Http.DeleteAsync($"{Path}/workloads/too-large")).EnsureSuccessStatusCode();
        (await host.Http.DeleteAsync($"{Path}/workloads/by-memory")).EnsureSuccessStatusCode();
        (await host.Http.PostAsync($"{Path}/workloads/two-gpus/suspend", null)).EnsureSuccessStatusCode();
        await UntilAsync(host, time, """{"requested":0.5,"allocated":0.5}""");
        Assert.Equal("""{"requested":0,"allocated":0}""", (await host.GetAsync("/projects/team-b"))["gpus"]!.ToJsonString());
    }

    [Fact]
    public async Task Project_ThatHasNotChanged_IsNotSentAgain()
    {
        await using var host = await StartAsync(new());
        var first = await host.Http.GetAsync(Path);
        Assert.NotEmpty(first.Headers.GetValues("Observed-At"));
        using var again = new HttpRequestMessage(HttpMethod.Get, Path);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        Assert.Equal(304, (int)(await host.Http.SendAsync(again)).StatusCode);
    }

    [EmbeddedFact("takes the cluster away")]
    public async Task Project_WhileTheClusterIsSilent_SaysHowOldTheAnswerIs()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await StartAsync(new() { Time = time });
        await host.GetAsync(Path);
        foreach (var resource in (string[])["jobs", "statefulsets", "pods", "events", "podgroups"])
            host.Faults.Add(new() { Kind = FaultKind.DropBefore, Resource = resource });
        host.Faults.CutWatches();

        time.Advance(TimeSpan.FromMinutes(4));

        var answer = await host.Http.GetAsync(Path);
        answer.EnsureSuccessStatusCode();
        Assert.StartsWith("110", answer.Headers.Warning.Single().ToString(), StringComparison.Ordinal);
    }

    [EmbeddedFact("makes queues, and lets the gateway read them")]
    public async Task Quota_IsShownWhereTheQueueMayBeReadAndBounds()
    {
        await using var host = await StartAsync(new());
        await MakeQueueAsync(host, "team-a", 4.5);
        await MakeQueueAsync(host, "team-b", -1);
        Assert.Null(await QuotaAsync(host, "team-a"));

        await host.LetReadQueuesAsync();

        Assert.Equal(4.5m, await QuotaAsync(host, "team-a"));
        Assert.Null(await QuotaAsync(host, "team-b"));
        await host.Cluster.CustomObjects.DeleteClusterCustomObjectAsync("scheduling.run.ai", "v2", "queues", "team-a");
        Assert.Null(await QuotaAsync(host, "team-a"));
    }

    [EmbeddedFact("breaks calls on purpose")]
    public async Task Quota_ThatTheClusterDoesNotTell_IsNotLeftOut()
    {
        await using var host = await StartAsync(new());
        await host.LetReadQueuesAsync();
        host.Faults.Add(new() { Kind = FaultKind.Unavailable, Resource = "queues" });

        await (await host.Http.GetAsync(Path)).ProblemAsync(System.Net.HttpStatusCode.ServiceUnavailable, "CLUSTER_UNAVAILABLE");
    }

    private static async Task<decimal?> QuotaAsync(GatewayHost host, string project) => (decimal?)(await host.GetAsync($"/projects/{project}"))["gpus"]!["quota"];

    private static Task<object> MakeQueueAsync(GatewayHost host, string name, double quota) => host.Cluster.CustomObjects.CreateClusterCustomObjectAsync<object>(
        new Dictionary<string, object>
        {
            ["apiVersion"] = "scheduling.run.ai/v2",
            ["kind"] = "Queue",
            ["metadata"] = new Dictionary<string, string> { ["name"] = name },
            ["spec"] = new { resources = new { gpu = new { quota } } },
        },
        "scheduling.run.ai", "v2", "queues");

    private static async Task SubmitAsync(GatewayHost host, string name, JsonObject? gpu)
    {
        var submission = GatewayHost.Build(name);
        submission["gpu"] = gpu;
        (await host.SubmitAsync(submission)).EnsureSuccessStatusCode();
    }

    // Time goes on until it is so; the machine's own clock is only how long one is ready to wait for what never comes.
    private static async Task UntilAsync(GatewayHost host, FakeTimeProvider time, string gpus)
    {
        var shown = "";
        for (var tries = 0; tries < 3_000 && shown != gpus; tries++)
        {
            time.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Delay(20);
            shown = (await host.GetAsync(Path))["gpus"]!.ToJsonString();
        }
        Assert.Equal(gpus, shown);
    }

    private static async Task<GatewayHost> StartAsync(GatewayHost host)
    {
        await host.InitializeAsync();
        return host;
    }
}
