using System.Net;
using System.Text.Json.Nodes;
using Gateway.Api.Tests.Clusters;
using k8s;
using k8s.Models;
using Xunit;

namespace Gateway.Api.Tests.Workloads;

public sealed class SubmitTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Theory]
    [InlineData("seed-train", "resnet-50", """{"type": "train", "name": "resnet-50", "image": "gcr.io/run-ai-demo/quickstart", "user": "jane", "gpu": {"count": 1}}""")]
    [InlineData("seed-build", "notebook-1", """{"type": "build", "name": "notebook-1", "image": "gcr.io/run-ai-demo/quickstart", "user": "jane", "gpu": {"count": 1}}""")]
    [InlineData("seed-fraction", "small-1", """{"type": "train", "name": "small-1", "image": "gcr.io/run-ai-demo/quickstart", "user": "jane", "gpu": {"fraction": 0.5}}""")]
    public async Task Submit_TheSmallestThree_MakesTheObjectsOfTheHandWrittenYaml(string seed, string name, string submission)
    {
        var response = await gateway.SubmitTextAsync(submission);

        var workload = await response.BodyAsync(HttpStatusCode.Created);
        Assert.Equal($"/projects/team-a/workloads/{name}", response.Headers.Location?.OriginalString);
        Assert.NotNull(response.Headers.ETag);
        Assert.Equal(!RealCluster.IsMeant, response.Headers.Contains("Gateway-Cluster"));
        Assert.NotNull(workload["uid"]);
        var manifest = await gateway.GetAsync($"/projects/team-a/workloads/{name}/manifest?type={workload["type"]}");
        manifest.AssertContains(Seed(seed));
    }

    [Theory]
    [InlineData("train", "train")]
    [InlineData("train", "build")]
    [InlineData("build", "train")]
    [InlineData("build", "build")]
    public async Task Submit_ANameThatEitherTypeHas_IsRefusedWithItsHolder(string first, string second)
    {
        var name = $"taken-{first}-{second}";
        var holder = await (await gateway.SubmitAsync(Of(first, name))).BodyAsync(HttpStatusCode.Created);

        var response = await gateway.SubmitAsync(Of(second, name));

        var problem = await response.ProblemAsync(HttpStatusCode.Conflict, "NAME_TAKEN");
        Assert.Equal((string?)holder["uid"], (string?)problem["uid"]);
        Assert.Equal("none", (string?)problem["outcome"]);
        Assert.Equal($"/projects/team-a/workloads/{name}", response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Submit_OneNameAHundredTimesAtOnceBothTypesMixed_CreatesOne()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => gateway.SubmitAsync(Of(i % 2 == 0 ? "train" : "build", "rush"))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(99, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        var jobs = await gateway.Cluster.BatchV1.ListNamespacedJobAsync(gateway.Space, fieldSelector: "metadata.name=rush");
        var sets = await gateway.Cluster.AppsV1.ListNamespacedStatefulSetAsync(gateway.Space, fieldSelector: "metadata.name=rush");
        Assert.Equal(1, jobs.Items.Count + sets.Items.Count);
    }

    [Fact]
    public async Task Submit_AsADryRun_ShowsTheManifestAndStoresNothing()
    {
        var response = await gateway.SubmitAsync(GatewayHost.Train("planned"), query: "?dryRun=true");

        var workload = await response.BodyAsync(HttpStatusCode.OK);
        workload["manifest"].AssertContains(JsonNode.Parse("""{"apiVersion": "batch/v1", "kind": "Job", "spec": {"template": {"spec": {"schedulerName": "runai-scheduler"}}}}"""));
        Assert.Null(workload["uid"]);
        await (await gateway.Http.GetAsync("/projects/team-a/workloads/planned")).ProblemAsync(HttpStatusCode.NotFound, "WORKLOAD_NOT_FOUND");
    }

    [Fact]
    public async Task Submit_AsADryRunUnderATakenName_IsRefused()
    {
        await (await gateway.SubmitAsync(GatewayHost.Train("plan-taken"))).BodyAsync(HttpStatusCode.Created);

        await (await gateway.SubmitAsync(GatewayHost.Build("plan-taken"), query: "?dryRun=true")).ProblemAsync(HttpStatusCode.Conflict, "NAME_TAKEN");
    }

    [Fact]
    public async Task Submit_InAProject_NeverShowsInAnother()
    {
        await (await gateway.SubmitAsync(GatewayHost.Train("mine"), project: "team-b")).BodyAsync(HttpStatusCode.Created);

        Assert.DoesNotContain("mine", (await gateway.GetAsync("/projects/team-a/workloads?limit=500")).ToJsonString(), StringComparison.Ordinal);
        await (await gateway.SubmitAsync(GatewayHost.Train("mine"))).BodyAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Submit_ANameThatAnotherSchedulersJobHas_IsRefusedWithoutAnAddress()
    {
        await gateway.Cluster.BatchV1.CreateNamespacedJobAsync(ForeignJob("foreign"), gateway.Space);

        var response = await gateway.SubmitAsync(GatewayHost.Build("foreign"));

        await response.ProblemAsync(HttpStatusCode.Conflict, "NAME_TAKEN");
        Assert.Null(response.Headers.Location);
        await (await gateway.Http.GetAsync("/projects/team-a/workloads/foreign")).ProblemAsync(HttpStatusCode.NotFound, "WORKLOAD_NOT_FOUND");
    }

    private static JsonObject Of(string type, string name) => type == "train" ? GatewayHost.Train(name) : GatewayHost.Build(name);

    private static JsonNode Seed(string name)
    {
        var yaml = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Workloads", "Seed", $"{name}.yaml"));
        object seed = name == "seed-build" ? KubernetesYaml.Deserialize<V1StatefulSet>(yaml, strict: true) : KubernetesYaml.Deserialize<V1Job>(yaml, strict: true);
        return JsonNode.Parse(KubernetesJson.Serialize(seed))!;
    }

    private static V1Job ForeignJob(string name) => new()
    {
        Metadata = new() { Name = name },
        Spec = new() { Template = new() { Spec = new() { RestartPolicy = "Never", SchedulerName = "default-scheduler", Containers = [new() { Name = "main", Image = "busybox" }] } } },
    };
}
