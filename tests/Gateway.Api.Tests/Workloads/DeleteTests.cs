using System.Net;
using System.Net.Http.Headers;
using Gateway.Api.Tests.Clusters;
using k8s;
using k8s.Models;
using Xunit;

namespace Gateway.Api.Tests.Workloads;

public sealed class DeleteTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [PodsTheory]
    [InlineData("train")]
    [InlineData("build")]
    public async Task Delete_ARunningWorkload_TakesItsPodsAlong(string type)
    {
        var name = $"ends-{type}";
        await gateway.SubmitAsync(type == "train" ? GatewayHost.Train(name) : GatewayHost.Build(name));
        await gateway.UntilAsync(name, "Running");

        var workload = await (await gateway.Http.DeleteAsync($"/projects/team-a/workloads/{name}")).BodyAsync(HttpStatusCode.Accepted);

        Assert.Equal("Deleting", (string?)workload["phase"]);
        Assert.NotNull(workload["deletion"]!["requestedAt"]);
        await gateway.UntilGoneAsync(name);
        var pods = await gateway.Cluster.CoreV1.ListNamespacedPodAsync(gateway.Space);
        Assert.DoesNotContain(pods.Items, pod => pod.Metadata.Name.StartsWith(name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Delete_WhatIsNotThere_IsNotFound() =>
        await (await gateway.Http.DeleteAsync("/projects/team-a/workloads/never")).ProblemAsync(HttpStatusCode.NotFound, "WORKLOAD_NOT_FOUND");

    [Fact]
    public async Task Delete_WithAnotherUid_DeletesNothing()
    {
        await gateway.SubmitAsync(GatewayHost.Build("kept"));

        await (await gateway.Http.DeleteAsync("/projects/team-a/workloads/kept?uid=another")).ProblemAsync(HttpStatusCode.PreconditionFailed, "PRECONDITION_FAILED");

        Assert.NotEqual("Deleting", (string?)(await gateway.GetAsync("/projects/team-a/workloads/kept"))["phase"]);
    }

    [PodsFact]
    public async Task Delete_WithATagThatIsNotItsOwn_DeletesNothing()
    {
        await gateway.SubmitAsync(GatewayHost.Build("tagged"));
        await gateway.UntilAsync("tagged", "Running");
        var tag = (await gateway.Http.GetAsync("/projects/team-a/workloads/tagged")).Headers.ETag!;

        await (await DeleteAsync(new("\"another\""))).ProblemAsync(HttpStatusCode.PreconditionFailed, "PRECONDITION_FAILED");
        await (await DeleteAsync(tag)).BodyAsync(HttpStatusCode.Accepted);

        async Task<HttpResponseMessage> DeleteAsync(EntityTagHeaderValue match)
        {
            using var request = new HttpRequestMessage(HttpMethod.Delete, "/projects/team-a/workloads/tagged");
            request.Headers.IfMatch.Add(match);
            return await gateway.Http.SendAsync(request);
        }
    }

    [Fact]
    public async Task Delete_WhileItGoes_IsAcceptedAgain()
    {
        var held = GatewayHost.Build("held");
        await gateway.SubmitAsync(held);
        await HoldAsync("""["example.org/hold"]""");

        await (await gateway.Http.DeleteAsync("/projects/team-a/workloads/held")).BodyAsync(HttpStatusCode.Accepted);
        var again = await (await gateway.Http.DeleteAsync("/projects/team-a/workloads/held")).BodyAsync(HttpStatusCode.Accepted);

        Assert.Contains("example.org/hold", again["deletion"]!["finalizers"]!.ToJsonString(), StringComparison.Ordinal);
        await (await gateway.SubmitAsync(held)).ProblemAsync(HttpStatusCode.Conflict, "NAME_TAKEN");
        await HoldAsync("null");

        Task<V1StatefulSet> HoldAsync(string finalizers) => gateway.Cluster.AppsV1.PatchNamespacedStatefulSetAsync(
            new V1Patch($$"""{"metadata": {"finalizers": {{finalizers}} } }""", V1Patch.PatchType.MergePatch), "held", gateway.Space);
    }

    [Fact]
    public async Task Delete_WhatAnotherControllerOwns_IsRefused()
    {
        var owner = await gateway.Cluster.CoreV1.CreateNamespacedConfigMapAsync(new() { Metadata = new() { Name = "nightly" } }, gateway.Space);
        await gateway.Cluster.BatchV1.CreateNamespacedJobAsync(OwnedJob(owner), gateway.Space);

        var problem = await (await gateway.Http.DeleteAsync("/projects/team-a/workloads/nightly-1")).ProblemAsync(HttpStatusCode.Conflict, "MANAGED_ELSEWHERE");

        Assert.Contains("ConfigMap/nightly", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Equal("ConfigMap/nightly", (string?)(await gateway.GetAsync("/projects/team-a/workloads/nightly-1"))["managedBy"]);
    }

    [Fact]
    public async Task Delete_WithWait_AnswersWhenItIsGone()
    {
        await gateway.SubmitAsync(GatewayHost.Build("waited-for"));
        await gateway.UntilAsync("waited-for", "Running");

        var receipt = await (await gateway.Http.DeleteAsync("/projects/team-a/workloads/waited-for?wait=60s")).BodyAsync(HttpStatusCode.OK);

        Assert.NotNull(receipt["deletion"]!["completedAt"]);
        Assert.Equal(0, (int)receipt["deletion"]!["podsRemaining"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.Http.GetAsync("/projects/team-a/workloads/waited-for")).StatusCode);
    }

    [Fact]
    public async Task Delete_WithWaitOfWhatIsHeld_SaysWhatHoldsItWhenTimeIsUp()
    {
        await gateway.SubmitAsync(GatewayHost.Build("held-back"));
        await gateway.Cluster.AppsV1.PatchNamespacedStatefulSetAsync(
            new V1Patch("""{"metadata": {"finalizers": ["example.org/hold"]}}""", V1Patch.PatchType.MergePatch), "held-back", "runai-team-a");

        var left = await (await gateway.Http.DeleteAsync("/projects/team-a/workloads/held-back?wait=1s")).BodyAsync(HttpStatusCode.Accepted);

        Assert.Equal("Deleting", (string?)left["phase"]);
        Assert.Contains("example.org/hold", left["deletion"]!["finalizers"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Null(left["deletion"]!["completedAt"]);
    }

    [Theory]
    [InlineData("61s")]
    [InlineData("-1s")]
    [InlineData("30")]
    [InlineData("soon")]
    public async Task Delete_WithAWaitThatIsNone_DeletesNothing(string wait)
    {
        await gateway.SubmitAsync(GatewayHost.Build("stays"));

        var problem = await (await gateway.Http.DeleteAsync($"/projects/team-a/workloads/stays?wait={wait}")).ProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");

        Assert.NotNull(problem["errors"]!["wait"]);
        Assert.NotEqual("Deleting", (string?)(await gateway.GetAsync("/projects/team-a/workloads/stays"))["phase"]);
    }

    [Fact]
    public async Task Delete_OfWhatRanOnALostNode_TakesForceAndItsUid()
    {
        await using var host = new GatewayHost();
        await host.InitializeAsync();
        (await host.SubmitAsync(GatewayHost.Build("stranded"))).EnsureSuccessStatusCode();
        await host.UntilAsync("stranded", "Running");
        var workload = await host.GetAsync("/projects/team-a/workloads/stranded");
        await host.Cluster.CoreV1.PatchNodeAsync(
            new V1Patch("""{"metadata": {"annotations": {"embedded.workload-gateway.io/lost": "true"}}}""", V1Patch.PatchType.MergePatch), (string)workload["pods"]![0]!["node"]!);
        await host.UntilAsync("stranded", "Unknown");

        var stuck = await (await host.Http.DeleteAsync("/projects/team-a/workloads/stranded?wait=1s")).BodyAsync(HttpStatusCode.Accepted);
        Assert.Equal("NodeLost", (string?)stuck["reason"]!["code"]);
        await (await host.Http.DeleteAsync("/projects/team-a/workloads/stranded?force=true")).ProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");

        var receipt = await (await host.Http.DeleteAsync($"/projects/team-a/workloads/stranded?force=true&uid={workload["uid"]}&wait=60s")).BodyAsync(HttpStatusCode.OK);
        Assert.NotNull(receipt["deletion"]!["completedAt"]);
    }

    private static V1Job OwnedJob(V1ConfigMap owner) => new()
    {
        Metadata = new()
        {
            Name = "nightly-1",
            OwnerReferences = [new() { ApiVersion = "v1", Kind = "ConfigMap", Name = owner.Metadata.Name, Uid = owner.Metadata.Uid, Controller = true }],
        },
        Spec = new() { Suspend = true, Template = new() { Spec = new() { RestartPolicy = "Never", SchedulerName = "runai-scheduler", Containers = [new() { Name = "main", Image = "busybox" }] } } },
    };
}
