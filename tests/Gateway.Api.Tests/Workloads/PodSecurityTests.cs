using System.Net;
using System.Text.Json.Nodes;
using Gateway.Api.Tests.Clusters;
using k8s;
using k8s.Models;
using Xunit;

namespace Gateway.Api.Tests.Workloads;

/// <summary>A project under the Pod Security level `restricted`: what the gateway adds to a pod keeps the level too.</summary>
public sealed class PodSecurityTests(RestrictedGateway restricted) : IClassFixture<RestrictedGateway>
{
    private const string Keeping =
        """
        {"runAsNonRoot": true, "runAsUser": 1000, "allowPrivilegeEscalation": false,
         "capabilities": {"drop": ["ALL"]}, "seccompProfile": "RuntimeDefault"}
        """;

    private const string Repository = """{"repository": "https://example.org/a.git"}""";

    [Theory]
    [InlineData("""{}""")]
    [InlineData($$"""{"volumes": [{"mountPath": "/a", "git": {{Repository}}}, {"mountPath": "/b", "git": {{Repository}}}]}""")]
    [InlineData("""{"createHomeDirectory": true, "sharedMemory": {"size": "1Gi"}}""")]
    [InlineData("""{"volumes": [{"mountPath": "/a", "emptyDir": {}}, {"mountPath": "/b", "newClaim": {"size": "1Gi"}}]}""")]
    [InlineData($$"""{"type": "build", "volumes": [{"mountPath": "/a", "git": {{Repository}}}]}""")]
    [InlineData("""{"type": "build", "ports": [{"port": 80}], "readinessProbe": {"httpGet": {"port": 80}}}""")]
    public async Task Accepts_WithItsPod_WhatKeepsTheLevel(string changes) =>
        await (await restricted.Host.SubmitAsync(With(changes, Keeping), query: "?dryRun=true")).BodyAsync(HttpStatusCode.OK);

    [Fact]
    public async Task Rejects_WhatBreaksTheLevel()
    {
        var answer = await restricted.Host.SubmitAsync(With("{}", "{}"), query: "?dryRun=true");

        var problem = await answer.ProblemAsync(HttpStatusCode.Forbidden, "POLICY_DENIED");
        Assert.Contains("violates PodSecurity \"restricted:latest\"", (string?)problem["detail"], StringComparison.Ordinal);
    }

    [PodsFact]
    public async Task Submit_WithARepository_Runs()
    {
        const string git = """{"repository": "https://github.com/kubernetes/git-sync.git"}""";
        var train = With($$"""{"name": "cloned", "volumes": [{"mountPath": "/code", "git": {{git}}}]}""", Keeping);
        await (await restricted.Host.SubmitAsync(train)).BodyAsync(HttpStatusCode.Created);

        await restricted.Host.UntilAsync("cloned", "Running");
    }

    private static JsonObject With(string changes, string security)
    {
        var submission = GatewayHost.Train("restricted");
        submission["security"] = JsonNode.Parse(security);
        foreach (var (name, value) in JsonNode.Parse(changes)!.AsObject())
            submission[name] = value?.DeepClone();
        return submission;
    }
}

/// <summary>A gateway whose first project is under the level `restricted`.</summary>
public sealed class RestrictedGateway : IAsyncLifetime
{
    private const string Labels =
        """{"metadata": {"labels": {"pod-security.kubernetes.io/enforce": "restricted"}}}""";

    public GatewayHost Host { get; } = new();

    public async Task InitializeAsync()
    {
        await Host.InitializeAsync();
        var patch = new V1Patch(Labels, V1Patch.PatchType.MergePatch);
        await Host.Cluster.CoreV1.PatchNamespaceAsync(patch, Host.Space);
    }

    public Task DisposeAsync() => ((IAsyncLifetime)Host).DisposeAsync();
}
