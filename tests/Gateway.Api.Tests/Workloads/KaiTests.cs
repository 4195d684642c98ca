using System.Net;
using System.Text.Json.Nodes;
using k8s;
using Xunit;

namespace Gateway.Api.Tests.Workloads;

/// <summary>The gateway for the KAI scheduler, with defaults of its operator.</summary>
public sealed class KaiTests(KaiGateway kai) : IClassFixture<KaiGateway>
{
    [Fact]
    public async Task Submit_OfATrain_NamesItsQueueOnObjectAndPod()
    {
        var submission = GatewayHost.Train("queued");
        submission["scheduling"] = new JsonObject { ["nodePool"] = "a100" };

        var workload = await (await kai.Host.SubmitAsync(submission)).BodyAsync(HttpStatusCode.Created);

        workload.AssertContains(JsonNode.Parse("""{"scheduling": {"priorityClass": "train", "nodePool": "a100"}}"""));
        var job = await kai.Host.Cluster.BatchV1.ReadNamespacedJobAsync("queued", kai.Host.Space);
        Assert.Equal(("team-a", "train"), (job.Metadata.Labels["kai.scheduler/queue"], job.Metadata.Labels["priorityClassName"]));
        var template = job.Spec.Template;
        Assert.Equal(("kai-scheduler", "team-a", "a100"), (template.Spec.SchedulerName, template.Metadata.Labels["kai.scheduler/queue"], template.Metadata.Labels["example.org/pool"]));
    }

    [Fact]
    public async Task Submit_OfABuild_TakesTheDefaultsOfItsType()
    {
        var workload = await (await kai.Host.SubmitAsync(GatewayHost.Build("notebook"), key: "one")).BodyAsync(HttpStatusCode.Created);

        workload.AssertContains(JsonNode.Parse("""{"scheduling": {"priorityClass": "build", "preemptible": true}}"""));
        Assert.Equal("true", (await kai.Host.SubmitAsync(GatewayHost.Build("notebook"), key: "one")).Headers.GetValues("Idempotency-Replayed").Single());
        (await kai.Host.GetAsync("/projects/team-a/workloads/notebook")).AssertContains(JsonNode.Parse("""{"scheduling": {"priorityClass": "build", "preemptible": true}}"""));
    }

    [Fact]
    public async Task Submit_OfABuildThatSaysItself_TakesNoDefault()
    {
        var submission = GatewayHost.Build("own");
        submission["scheduling"] = new JsonObject { ["priorityClass"] = "inference", ["preemptible"] = false };

        var workload = await (await kai.Host.SubmitAsync(submission)).BodyAsync(HttpStatusCode.Created);

        workload.AssertContains(JsonNode.Parse("""{"scheduling": {"priorityClass": "inference", "preemptible": false}}"""));
    }

    [Fact]
    public async Task Rejects_APriorityClassOfAnotherScheduler()
    {
        var submission = GatewayHost.Train("a");
        submission["scheduling"] = new JsonObject { ["priorityClass"] = "very-high" };

        var problem = await (await kai.Host.SubmitAsync(submission)).ProblemAsync(HttpStatusCode.UnprocessableEntity, "INVALID_WORKLOAD");

        Assert.Contains("train or build-preemptible", problem["errors"]!["scheduling.priorityClass"]!.ToJsonString(), StringComparison.Ordinal);
    }
}

/// <summary>A gateway for the KAI scheduler, with settings of its own.</summary>
public sealed class KaiGateway : IAsyncLifetime
{
    public GatewayHost Host { get; private set; } = null!;

    public Task InitializeAsync()
    {
        Host = new()
        {
            Settings = new() { ["Scheduler:Dialect"] = "Kai", ["Scheduler:Defaults:build:preemptible"] = "true", ["Scheduler:NodePoolLabel"] = "example.org/pool" },
        };
        return Host.InitializeAsync();
    }

    public Task DisposeAsync() => ((IAsyncLifetime)Host).DisposeAsync();
}
