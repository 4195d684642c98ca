using System.Net;
using Gateway.Api.Tests.Clusters;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Api.Tests.Identity;

/// <summary>Every right that the gateway uses is needed: without it a request fails, and says so.</summary>
public sealed class RightsTests : IAsyncLifetime, IAsyncDisposable
{
    private const string OwnRole = "workload-gateway";
    private const string ProjectRole = "workload-gateway-project";
    private const string Workloads = "/projects/team-a/workloads";

    // What is watched is read on from memory until the watch ends.
    private readonly GatewayHost _gateway;

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    public RightsTests() => _gateway = new() { Settings = new() { ["Live:Projects"] = "0" }, Time = _time };

    public async Task InitializeAsync()
    {
        await _gateway.InitializeAsync();
        (await _gateway.SubmitAsync(GatewayHost.Train("old-train"))).EnsureSuccessStatusCode();
        (await _gateway.SubmitAsync(GatewayHost.Build("old-build"))).EnsureSuccessStatusCode();
    }

    public Task DisposeAsync() => ((IAsyncLifetime)_gateway).DisposeAsync();

    ValueTask IAsyncDisposable.DisposeAsync() => _gateway.DisposeAsync();

    [EmbeddedTheory("takes rights away from everyone")]
    [InlineData("get", "jobs", "GET", $"{Workloads}/old-train")]
    [InlineData("get", "statefulsets", "GET", $"{Workloads}/old-build")]
    [InlineData("list", "jobs", "GET", Workloads)]
    [InlineData("list", "statefulsets", "GET", Workloads)]
    [InlineData("list", "pods", "GET", Workloads)]
    [InlineData("list", "pods", "GET", $"{Workloads}/old-train")]
    [InlineData("list", "events", "GET", Workloads)]
    [InlineData("list", "events", "GET", $"{Workloads}/old-train")]
    [InlineData("create", "jobs", "POST", Workloads, "train")]
    [InlineData("create", "statefulsets", "POST", Workloads, "build")]
    [InlineData("create", "pods", "POST", $"{Workloads}?dryRun=true", "train")]
    [InlineData("delete", "jobs", "DELETE", $"{Workloads}/old-train")]
    [InlineData("delete", "statefulsets", "DELETE", $"{Workloads}/old-build")]
    public async Task Project_WithoutOneRight_IsNotSetUp(string verb, string resource, string method, string path, string? type = null)
    {
        await TakeAwayAsync(ProjectRole, verb, resource);

        var problem = await (await SendAsync(method, path, type)).ProblemAsync(HttpStatusCode.ServiceUnavailable, "PROJECT_NOT_SET_UP");

        Assert.Contains($"may not {verb} {resource}", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [EmbeddedTheory("takes rights away from everyone")]
    [InlineData("list", "namespaces")]
    [InlineData("create", "subjectaccessreviews")]
    [InlineData("create", "tokenreviews")]
    public async Task Gateway_WithoutOneRight_BlamesItself(string verb, string resource)
    {
        await TakeAwayAsync(OwnRole, verb, resource);
        // A list of namespaces is good for two seconds.
        _time.Advance(TimeSpan.FromSeconds(2));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/projects/team-b/workloads");
        request.Headers.Authorization = resource == "tokenreviews" ? new("Bearer", "some-token") : null;

        var problem = await (await _gateway.Http.SendAsync(request)).ProblemAsync(HttpStatusCode.BadGateway, "CLUSTER_ERROR");

        Assert.Contains("own account may not", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Contains(resource, (string)problem["detail"]!, StringComparison.Ordinal);
    }

    // Asked for with the first request to a project; team-b has had none.
    [EmbeddedFact("takes rights away from everyone")]
    public async Task Gateway_WithoutTheRightToProjectsTokens_NamesTheRight()
    {
        await TakeAwayAsync(OwnRole, "create", "serviceaccounts/token");

        var problem = await (await _gateway.Http.GetAsync("/projects/team-b/workloads")).ProblemAsync(HttpStatusCode.ServiceUnavailable, "PROJECT_NOT_SET_UP");

        Assert.Contains("create on serviceaccounts/token", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path, string? type)
    {
        if (type is not null)
            return _gateway.SubmitAsync(type == "train" ? GatewayHost.Train("new") : GatewayHost.Build("new"), query: path[Workloads.Length..]);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        return _gateway.Http.SendAsync(request);
    }

    private async Task TakeAwayAsync(string role, string verb, string resource)
    {
        var before = await _gateway.Cluster.RbacAuthorizationV1.ReadClusterRoleAsync(role);
        var rules = before.Rules.SelectMany(rule => rule.Resources.Select(one => new V1PolicyRule
        {
            ApiGroups = rule.ApiGroups,
            Resources = [one],
            ResourceNames = rule.ResourceNames,
            Verbs = [.. rule.Verbs.Where(granted => one != resource || granted != verb)],
        }));
        before.Rules = [.. rules.Where(rule => rule.Verbs.Count > 0)];
        await _gateway.Cluster.RbacAuthorizationV1.ReplaceClusterRoleAsync(before, role);
    }
}
