using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Gateway.Api.Tests.Clusters;
using k8s;
using k8s.Models;
using Xunit;

namespace Gateway.Api.Tests.Workloads;

public sealed class ReadTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Get_AWorkload_ShowsWhatWasAskedFor()
    {
        await (await gateway.SubmitTextAsync("""{"type": "train", "name": "shown", "image": "busybox", "user": "Jane Döe", "gpu": {"fraction": 0.25}, "command": ["echo"], "args": ["hi"]}""")).BodyAsync(HttpStatusCode.Created);

        var response = await gateway.Http.GetAsync("/projects/team-a/workloads/shown");

        (await response.BodyAsync(HttpStatusCode.OK)).AssertContains(JsonNode.Parse(
            $$"""
            {"project": "team-a", "namespace": "{{gateway.Space}}", "name": "shown", "type": "train", "image": "busybox", "user": "Jane Döe", "submittedBy": "workload-gateway:anonymous",
             "gpu": {"fraction": 0.25}, "command": ["echo"], "args": ["hi"],
             "links": {"self": "/projects/team-a/workloads/shown", "manifest": "/projects/team-a/workloads/shown/manifest"} }
            """));
        Assert.True(response.Headers.Contains("Observed-At"));
    }

    [PodsFact]
    public async Task Get_WithTheTagOfTheLastAnswer_IsNotModified()
    {
        await (await gateway.SubmitAsync(GatewayHost.Build("tagged"))).BodyAsync(HttpStatusCode.Created);
        await gateway.UntilAsync("tagged", "Running");
        var tag = (await gateway.Http.GetAsync("/projects/team-a/workloads/tagged")).Headers.ETag!;

        Assert.False(tag.IsWeak);
        Assert.Equal(HttpStatusCode.NotModified, (await ConditionalAsync(tag)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ConditionalAsync(new("\"another\""))).StatusCode);

        async Task<HttpResponseMessage> ConditionalAsync(EntityTagHeaderValue known)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/projects/team-a/workloads/tagged");
            request.Headers.IfNoneMatch.Add(known);
            return await gateway.Http.SendAsync(request);
        }
    }

    [Fact]
    public async Task Get_WithAnotherUid_IsRefused()
    {
        var workload = await (await gateway.SubmitAsync(GatewayHost.Train("by-uid"))).BodyAsync(HttpStatusCode.Created);

        await (await gateway.Http.GetAsync($"/projects/team-a/workloads/by-uid?uid={workload["uid"]}")).BodyAsync(HttpStatusCode.OK);
        await (await gateway.Http.GetAsync("/projects/team-a/workloads/by-uid?uid=5e1c0d52")).ProblemAsync(HttpStatusCode.PreconditionFailed, "PRECONDITION_FAILED");
    }

    [Fact]
    public async Task Get_ANameThatBothTypesHave_AsksWhich()
    {
        await (await gateway.SubmitAsync(GatewayHost.Train("both"))).BodyAsync(HttpStatusCode.Created);
        await gateway.Cluster.AppsV1.CreateNamespacedStatefulSetAsync(ByHand("both"), gateway.Space);

        // A read shows what others made once the watch tells of it.
        await GatewayHost.UntilAsync(async () => (await gateway.Http.GetAsync("/projects/team-a/workloads/both")).StatusCode == HttpStatusCode.Conflict);
        await (await gateway.Http.GetAsync("/projects/team-a/workloads/both")).ProblemAsync(HttpStatusCode.Conflict, "AMBIGUOUS_NAME");
        await (await gateway.Http.DeleteAsync("/projects/team-a/workloads/both")).ProblemAsync(HttpStatusCode.Conflict, "AMBIGUOUS_NAME");
        Assert.Equal("build", (string?)(await gateway.GetAsync("/projects/team-a/workloads/both?type=build"))["type"]);
        Assert.Equal("train", (string?)(await gateway.GetAsync("/projects/team-a/workloads/both?type=train"))["type"]);
    }

    [Fact]
    public async Task Get_AWorkloadMadeByHand_IsShownToo()
    {
        await gateway.Cluster.AppsV1.CreateNamespacedStatefulSetAsync(ByHand("by-hand"), gateway.Space);

        var workload = await gateway.GetAsync("/projects/team-a/workloads/by-hand");

        workload.AssertContains(JsonNode.Parse("""{"type": "build", "user": "root", "gpu": {"count": 2}}"""));
        Assert.Null(workload["submittedBy"]);
    }

    [Theory]
    [InlineData(null, "application/yaml", "apiVersion: batch/v1")]
    [InlineData("*/*", "application/yaml", "apiVersion: batch/v1")]
    [InlineData("application/yaml", "application/yaml", "kind: Job")]
    [InlineData("application/json", "application/json", "\"kind\":\"Job\"")]
    [InlineData("application/yaml;q=0.5, application/json", "application/json", "\"kind\":\"Job\"")]
    [InlineData("application/json; charset=utf-8", "application/json", "\"kind\":\"Job\"")]
    [InlineData("*/*, application/yaml;q=0", "application/json", "\"kind\":\"Job\"")]
    [InlineData("application/yaml;q=0.2, */*", "application/json", "\"kind\":\"Job\"")]
    public async Task Manifest_ByAccept_IsYamlOrJson(string? accept, string mediaType, string text)
    {
        await gateway.SubmitAsync(GatewayHost.Train("negotiated"));

        var response = await ManifestAsync("negotiated", accept);

        Assert.Equal(mediaType, response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(text, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifest_AsNothingThatIsOffered_IsNotAcceptable()
    {
        await gateway.SubmitAsync(GatewayHost.Train("as-xml"));

        await (await ManifestAsync("as-xml", "application/xml")).ProblemAsync(HttpStatusCode.NotAcceptable, "NOT_ACCEPTABLE");
    }

    [Fact]
    public async Task Manifest_AppliedInAnEmptyNamespace_MakesTheSameObject()
    {
        await gateway.SubmitAsync(GatewayHost.Train("moved"));
        var manifest = await (await ManifestAsync("moved", "application/yaml")).Content.ReadAsStringAsync();

        var job = await gateway.Cluster.BatchV1.CreateNamespacedJobAsync(KubernetesYaml.Deserialize<V1Job>(manifest, strict: true), gateway.SpaceOf("team-b"), fieldValidation: "Strict");

        Assert.Equal("runai-scheduler", job.Spec.Template.Spec.SchedulerName);
        Assert.Equal("1", job.Spec.Template.Spec.Containers[0].Resources.Limits["nvidia.com/gpu"].ToString());
    }

    [Theory]
    [InlineData("0x1f")]
    [InlineData("1_000")]
    [InlineData("2020-01-01")]
    [InlineData("1:30")]
    [InlineData(".inf")]
    [InlineData("+1")]
    [InlineData("yes")]
    [InlineData("Null")]
    [InlineData("~")]
    [InlineData("a\tb")]
    [InlineData("a\r\nb")]
    [InlineData("a: b # c")]
    [InlineData("")]
    public async Task Manifest_WithTextThatLooksLikeSomethingElse_QuotesIt(string text)
    {
        var name = $"quoted-{Guid.NewGuid():N}"[..20];
        var submission = GatewayHost.Train(name);
        submission["args"] = new JsonArray(text);
        await (await gateway.SubmitAsync(submission)).BodyAsync(HttpStatusCode.Created);

        var yaml = await (await ManifestAsync(name, "application/yaml")).Content.ReadAsStringAsync();

        Assert.Equal(text, KubernetesYaml.Deserialize<V1Job>(yaml, strict: true).Spec.Template.Spec.Containers[0].Args[0]);
        Assert.Matches("args:\n *- \"", yaml);
    }

    [Fact]
    public async Task List_WithAForeignJobThatAsksForTheImpossible_StillAnswers()
    {
        var limits = new Dictionary<string, ResourceQuantity> { ["nvidia.com/gpu"] = new("3000000000") };
        await gateway.Cluster.BatchV1.CreateNamespacedJobAsync(
            new()
            {
                Metadata = new() { Name = "huge" },
                Spec = new() { Suspend = true, Template = new() { Spec = new() { RestartPolicy = "Never", SchedulerName = "runai-scheduler", Containers = [new() { Name = "main", Image = "busybox", Resources = new() { Limits = limits } }] } } },
            },
            gateway.SpaceOf("team-b"));

        Assert.Equal(1, (int)(await gateway.GetAsync("/projects/team-b/workloads?search=huge"))["total"]!);
    }

    private async Task<HttpResponseMessage> ManifestAsync(string name, string? accept)
    {
        using var client = new HttpClient { BaseAddress = gateway.Http.BaseAddress };
        if (accept is not null)
            client.DefaultRequestHeaders.Accept.ParseAdd(accept);
        return await client.GetAsync(new Uri($"/projects/team-a/workloads/{name}/manifest", UriKind.Relative));
    }

    private static V1StatefulSet ByHand(string name) => new()
    {
        Metadata = new() { Name = name },
        Spec = new()
        {
            ServiceName = name,
            Selector = new() { MatchLabels = new Dictionary<string, string> { ["app"] = name } },
            Template = new()
            {
                Metadata = new() { Labels = new Dictionary<string, string> { ["app"] = name, ["user"] = "root" } },
                Spec = new()
                {
                    SchedulerName = "runai-scheduler",
                    Containers = [new() { Name = "main", Image = "busybox", Resources = new() { Limits = new Dictionary<string, ResourceQuantity> { ["nvidia.com/gpu"] = new("2") } } }],
                },
            },
        },
    };
}
