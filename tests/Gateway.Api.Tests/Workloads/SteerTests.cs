using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Xunit;

namespace Gateway.Api.Tests.Workloads;

/// <summary>Suspending and resuming.</summary>
public sealed class SteerTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const string Workloads = "/projects/team-a/workloads";

    [Theory]
    [InlineData("train")]
    [InlineData("build")]
    public async Task Suspend_ThenResume_TakesThePodsAwayAndGivesThemBack(string type)
    {
        var name = $"pauses-{type}";
        await SubmitAsync(type, name);
        await gateway.UntilAsync(name, "Running");

        var suspended = await (await SteerAsync(name, "suspend")).BodyAsync(HttpStatusCode.Accepted);
        Assert.True((string?)suspended["phase"] is "Suspending" or "Suspended", $"{suspended["phase"]}");
        await gateway.UntilAsync(name, "Suspended");
        Assert.DoesNotContain((await gateway.GetAsync($"{Workloads}/{name}"))["pods"]!.AsArray(), pod => (string?)pod!["phase"] is "Running" or "Pending");
        await (await SteerAsync(name, "suspend")).BodyAsync(HttpStatusCode.OK);

        var resumed = await (await SteerAsync(name, "resume")).BodyAsync(HttpStatusCode.Accepted);
        Assert.True((string?)resumed["phase"] is "Resuming" or "Pending" or "Initializing" or "Running", $"{resumed["phase"]}");
        await gateway.UntilAsync(name, "Running");
        await (await SteerAsync(name, "resume")).BodyAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Resume_OfABuildOfSeveral_GivesBackAsManyAsThereWere()
    {
        var submission = GatewayHost.Build("several");
        submission["gpu"] = null;
        submission["replicas"] = 3;
        (await gateway.SubmitAsync(submission)).EnsureSuccessStatusCode();

        await (await SteerAsync("several", "suspend")).BodyAsync(HttpStatusCode.Accepted);
        Assert.Equal(0, (await SetAsync()).Spec.Replicas);
        await (await SteerAsync("several", "resume")).BodyAsync(HttpStatusCode.Accepted);

        var set = await SetAsync();
        Assert.Equal(3, set.Spec.Replicas);
        Assert.DoesNotContain("workload-gateway.io/replicas", set.Metadata.Annotations.Keys);

        Task<V1StatefulSet> SetAsync() => gateway.Cluster.AppsV1.ReadNamespacedStatefulSetAsync("several", "runai-team-a");
    }

    [Fact]
    public async Task Suspend_OfABuildThatWasScaledMeanwhile_KeepsTheNewNumber()
    {
        var submission = GatewayHost.Build("scaled");
        submission["gpu"] = null;
        (await gateway.SubmitAsync(submission)).EnsureSuccessStatusCode();
        await gateway.Cluster.AppsV1.PatchNamespacedStatefulSetScaleAsync(new V1Patch(/*lang=json*/ """{"spec":{"replicas":2}}""", V1Patch.PatchType.MergePatch), "scaled", "runai-team-a");

        await (await SteerAsync("scaled", "suspend")).BodyAsync(HttpStatusCode.Accepted);

        Assert.Equal("2", (await gateway.Cluster.AppsV1.ReadNamespacedStatefulSetAsync("scaled", "runai-team-a")).Metadata.Annotations["workload-gateway.io/replicas"]);
    }

    [Theory]
    [InlineData("suspend")]
    [InlineData("resume")]
    public async Task Steering_WhatHasEnded_IsNotAllowed(string action)
    {
        var name = $"ended-{action}";
        var submission = GatewayHost.Train(name);
        submission["annotations"] = new JsonObject { ["embedded.workload-gateway.io/run-seconds"] = "0" };
        (await gateway.SubmitAsync(submission)).EnsureSuccessStatusCode();
        await gateway.UntilAsync(name, "Completed");

        var problem = await (await SteerAsync(name, action)).ProblemAsync(HttpStatusCode.Conflict, "NOT_ALLOWED_IN_PHASE");

        Assert.Contains("Completed", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Equal("none", (string?)problem["outcome"]);
    }

    [Fact]
    public async Task Steering_AnotherAttempt_ChangesNothing()
    {
        await SubmitAsync("build", "meant");

        await (await SteerAsync("meant", "suspend?uid=another")).ProblemAsync(HttpStatusCode.PreconditionFailed, "PRECONDITION_FAILED");
        await (await SteerAsync("nothing-there", "suspend")).ProblemAsync(HttpStatusCode.NotFound, "WORKLOAD_NOT_FOUND");

        Assert.Equal(1, (await gateway.Cluster.AppsV1.ReadNamespacedStatefulSetAsync("meant", "runai-team-a")).Spec.Replicas);
    }

    [Fact]
    public async Task Steering_WhatAnotherControllerOwns_IsRefused()
    {
        var owner = await gateway.Cluster.CoreV1.CreateNamespacedConfigMapAsync(new() { Metadata = new() { Name = "weekly" } }, "runai-team-a");
        var job = new V1Job
        {
            Metadata = new() { Name = "weekly-1", OwnerReferences = [new() { ApiVersion = "v1", Kind = "ConfigMap", Name = "weekly", Uid = owner.Metadata.Uid, Controller = true }] },
            Spec = new() { Suspend = true, Template = new() { Spec = new() { SchedulerName = "runai-scheduler", RestartPolicy = "Never", Containers = [new() { Name = "a", Image = "a" }] } } },
        };
        await gateway.Cluster.BatchV1.CreateNamespacedJobAsync(job, "runai-team-a");

        await (await SteerAsync("weekly-1", "resume")).ProblemAsync(HttpStatusCode.Conflict, "MANAGED_ELSEWHERE");
    }

    private async Task SubmitAsync(string type, string name)
    {
        var submission = type == "train" ? GatewayHost.Train(name) : GatewayHost.Build(name);
        submission["gpu"] = null;
        submission["annotations"] = new JsonObject { ["embedded.workload-gateway.io/run-seconds"] = "forever" };
        (await gateway.SubmitAsync(submission)).EnsureSuccessStatusCode();
    }

    private Task<HttpResponseMessage> SteerAsync(string name, string action) => gateway.Http.PostAsync($"{Workloads}/{name}/{action}", null);
}
