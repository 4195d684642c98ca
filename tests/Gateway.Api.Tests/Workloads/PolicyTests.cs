using System.Net;
using System.Text.Json.Nodes;
using k8s;
using Xunit;

namespace Gateway.Api.Tests.Workloads;

/// <summary>What the operator's policy refuses, fills in and asks for, in one project and in another.</summary>
public sealed class PolicyTests(PolicyGateway policed) : IClassFixture<PolicyGateway>
{
    [Theory]
    [InlineData("""{"image": "quay.io/team/a"}""", "image", "Policy:ImageRegistries")]
    [InlineData("""{"image": "gcr.io/run-ai-demos/a"}""", "image", "Policy:ImageRegistries")]
    [InlineData("""{"image": "pytorch/pytorch"}""", "image", "Policy:ImageRegistries")]
    [InlineData("""{"gpu": {"count": 3}}""", "gpu.count", "Policy:MaxGpus")]
    [InlineData("""{"user": null}""", "user", "Policy:Required")]
    [InlineData("""{"type": "build"}""", "scheduling.nodePool", "Policy:Required")]
    public async Task Rejects_WhatThePolicyForbids(string changes, string path, string rule)
    {
        var answer = await policed.Host.SubmitAsync(With(changes));

        var problem = await answer.ProblemAsync(HttpStatusCode.Forbidden, "POLICY_DENIED");
        Assert.Contains(rule, problem["errors"]![path]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(rule, (string?)problem["detail"], StringComparison.Ordinal);
        await (await policed.Host.SubmitAsync(With(changes), query: "?dryRun=true")).ProblemAsync(HttpStatusCode.Forbidden, "POLICY_DENIED");
    }

    [Fact]
    public async Task Rejects_NamingEveryRuleAtOnce()
    {
        var problem = await (await policed.Host.SubmitAsync(With("""{"image": "quay.io/a", "gpu": {"count": 3}, "user": null}"""))).ProblemAsync(HttpStatusCode.Forbidden, "POLICY_DENIED");

        Assert.Equal(["gpu.count", "image", "user"], problem["errors"]!.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"image": "busybox:1.36"}""")]
    [InlineData("""{"image": "docker.io/library/busybox"}""")]
    [InlineData("""{"image": "gcr.io/run-ai-demo/a/b@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}""")]
    [InlineData("""{"gpu": {"count": 2}}""")]
    [InlineData("""{"gpu": {"fraction": 0.5}}""")]
    public async Task Accepts_WhatThePolicyAllows(string changes) => await (await policed.Host.SubmitAsync(With(changes), query: "?dryRun=true")).BodyAsync(HttpStatusCode.OK);

    [Fact]
    public async Task Submit_ThatLeavesFieldsOut_HasTheDefaults()
    {
        var workload = await (await policed.Host.SubmitAsync(With("""{"scheduling": {"nodePool": "h100"}}"""), query: "?dryRun=true")).BodyAsync(HttpStatusCode.OK);

        workload.AssertContains(JsonNode.Parse("""{"scheduling": {"nodePool": "h100", "nodeSelector": {"disk": "ssd"}, "tolerations": [{"key": "spot", "operator": "Exists"}]}}"""));
    }

    // A late retry has to find it.
    [Fact]
    public async Task Submit_WithAKey_IsKeptLongerThanTheDefault()
    {
        await (await policed.Host.SubmitAsync(Named("kept"), key: "one")).BodyAsync(HttpStatusCode.Created);
        await (await policed.Host.SubmitAsync(Named("not-kept"))).BodyAsync(HttpStatusCode.Created);

        Assert.Equal(3600, (await policed.Host.Cluster.BatchV1.ReadNamespacedJobAsync("kept", policed.Host.Space)).Spec.TtlSecondsAfterFinished);
        Assert.Equal(60, (await policed.Host.Cluster.BatchV1.ReadNamespacedJobAsync("not-kept", policed.Host.Space)).Spec.TtlSecondsAfterFinished);
    }

    [Theory]
    [InlineData("""{"security": {"runAsUser": 0}}""", "security.runAsUser", "Policy:AllowRoot")]
    [InlineData("""{"volumes": [{"mountPath": "/a", "hostPath": {"path": "/etc"}}]}""", "volumes[0].hostPath.path", "Policy:HostPaths")]
    [InlineData("""{"ports": [{"port": 80}], "expose": "LoadBalancer"}""", "expose", "Policy:AllowLoadBalancer")]
    public async Task Rejects_WhatIsDangerousWithoutASetting(string changes, string path, string rule)
    {
        var problem = await (await policed.Host.SubmitAsync(With(changes))).ProblemAsync(HttpStatusCode.Forbidden, "POLICY_DENIED");

        Assert.Contains(rule, problem["errors"]![path]!.ToJsonString(), StringComparison.Ordinal);
    }

    private static JsonObject Named(string name) => With($$"""{"name": "{{name}}"}""");

    [Fact]
    public async Task Submit_InAProjectWithRulesOfItsOwn_GoesByThem()
    {
        var eight = With("""{"type": "build", "image": "quay.io/team/a", "gpu": {"count": 8}}""");
        await (await policed.Host.SubmitAsync(eight, project: "team-b", query: "?dryRun=true")).BodyAsync(HttpStatusCode.OK);

        var problem = await (await policed.Host.SubmitAsync(With("""{"gpu": {"count": 9}}"""), project: "team-b")).ProblemAsync(HttpStatusCode.Forbidden, "POLICY_DENIED");
        Assert.Equal(["gpu.count", "image"], problem["errors"]!.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal));
    }

    private static JsonObject With(string changes)
    {
        var submission = GatewayHost.Train("policy");
        foreach (var (name, value) in JsonNode.Parse(changes)!.AsObject())
            submission[name] = value?.DeepClone();
        return submission;
    }
}

/// <summary>A gateway with a policy, and with another for one project.</summary>
public sealed class PolicyGateway : IAsyncLifetime
{
    public GatewayHost Host { get; private set; } = null!;

    public Task InitializeAsync()
    {
        Host = new()
        {
            Settings = new()
            {
                ["Policy:ImageRegistries:0"] = "gcr.io/run-ai-demo",
                ["Policy:ImageRegistries:1"] = "docker.io/library",
                ["Policy:MaxGpus"] = "2",
                ["Policy:Required:0"] = "user",
                ["Policy:Required:1"] = "scheduling.nodePool",
                ["Policy:Defaults:train:Scheduling:NodePool"] = "a100",
                ["Policy:Defaults:train:Scheduling:NodeSelector:disk"] = "ssd",
                ["Policy:Defaults:train:Scheduling:Tolerations:0:Key"] = "spot",
                ["Policy:Defaults:train:Scheduling:Tolerations:0:Operator"] = "Exists",
                ["Policy:Defaults:train:TtlSecondsAfterFinished"] = "60",
                ["Policy:Projects:team-b:MaxGpus"] = "8",
                ["Policy:Projects:team-b:ImageRegistries:0"] = "quay.io",
                ["Policy:Projects:team-b:Required"] = "",
            },
        };
        return Host.InitializeAsync();
    }

    public Task DisposeAsync() => ((IAsyncLifetime)Host).DisposeAsync();
}
