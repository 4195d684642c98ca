using System.Net;
using System.Text.Json.Nodes;
using Gateway.Api.Tests.Clusters;
using k8s;
using k8s.Models;
using Xunit;

namespace Gateway.Api.Tests.Identity;

/// <summary>calls.txt has no call that no request leads to; that it has every call that is made, each gateway of the suite sees to at its end.</summary>
public sealed class CallsTests
{
    private const string Workloads = "/projects/team-a/workloads";

    [EmbeddedFact("its log of accesses")]
    public async Task Gateway_OnAllItsWays_MakesEveryCallThatIsListed()
    {
        await using var host = new GatewayHost { Settings = new() { ["Ingress:HostTemplate"] = "{name}-{hash}.example.org" } };
        await host.InitializeAsync();
        await host.LetReadIngressesAsync();

        await FindOutAsync(host);
        await SubmitAsync(host);
        await LookAtAsync(host);
        await SteerAsync(host);
        await UndoAsync(host);

        await GatewayHost.UntilAsync(() => Task.FromResult(host.Calls.Made.Count(IsWatch) == MadeCalls.Listed.Count(IsWatch)));
        Assert.Equal(MadeCalls.Listed, host.Calls.Made);
    }

    private static async Task FindOutAsync(GatewayHost host)
    {
        using var stranger = new HttpRequestMessage(HttpMethod.Get, "/me") { Headers = { Authorization = new("Bearer", "some-token") } };
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Http.SendAsync(stranger)).StatusCode);
        await host.GetAsync("/projects");
        await host.GetAsync("/projects/team-a");
    }

    // A kept claim that is used again is marked as such.
    private static async Task SubmitAsync(GatewayHost host)
    {
        (await host.SubmitAsync(Exposed("web"), query: "?dryRun=true")).EnsureSuccessStatusCode();
        (await host.SubmitAsync(Exposed("web"))).EnsureSuccessStatusCode();
        var train = GatewayHost.Train("train");
        train["volumes"] = Claim();
        (await host.SubmitAsync(train)).EnsureSuccessStatusCode();
        await host.UntilAsync("web", "Running");
    }

    private static async Task LookAtAsync(GatewayHost host)
    {
        await host.Cluster.CoreV1.PatchNamespacedPodAsync(
            new V1Patch("""{"metadata": {"annotations": {"pod-group-name": "some"}}}""", V1Patch.PatchType.MergePatch), "web-0", host.Space);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.GetAsync($"{Workloads}/nothing")).StatusCode);
        using var log = new HttpRequestMessage(HttpMethod.Get, $"{Workloads}/web/logs") { Headers = { Accept = { new("text/plain") } } };
        (await host.Http.SendAsync(log)).EnsureSuccessStatusCode();
        using var before = new HttpRequestMessage(HttpMethod.Get, $"{Workloads}/web/logs?previous=true") { Headers = { Accept = { new("text/plain") } } };
        Assert.False((await host.Http.SendAsync(before)).IsSuccessStatusCode);
    }

    // Pods of a node that does not answer are forgotten.
    private static async Task SteerAsync(GatewayHost host)
    {
        (await host.Http.PostAsync($"{Workloads}/train/suspend", null)).EnsureSuccessStatusCode();
        (await host.Http.DeleteAsync($"{Workloads}/train")).EnsureSuccessStatusCode();
        var web = await host.GetAsync($"{Workloads}/web");
        await host.Cluster.CoreV1.PatchNodeAsync(
            new V1Patch("""{"metadata": {"annotations": {"embedded.workload-gateway.io/lost": "true"}}}""", V1Patch.PatchType.MergePatch), (string)web["pods"]![0]!["node"]!);
        await host.UntilAsync("web", "Unknown");
        (await host.Http.DeleteAsync($"{Workloads}/web?force=true&uid={web["uid"]}")).EnsureSuccessStatusCode();
    }

    private static async Task UndoAsync(GatewayHost host)
    {
        await host.LimitAsync(host.Space, "services", 0);
        var refused = Exposed("refused");
        refused["volumes"] = Claim("more");
        await (await host.SubmitAsync(refused)).ProblemAsync(HttpStatusCode.Forbidden, "QUOTA_EXCEEDED");
    }

    private static JsonObject Exposed(string name)
    {
        var submission = GatewayHost.Build(name);
        (submission["ports"], submission["expose"], submission["volumes"]) = (new JsonArray(new JsonObject { ["port"] = 8888 }), "Ingress", Claim());
        return submission;
    }

    private static JsonArray Claim(string name = "data") => [new JsonObject { ["mountPath"] = "/data", ["newClaim"] = new JsonObject { ["name"] = name, ["size"] = "1Gi" } }];

    private static bool IsWatch((string Role, string Call) listed) => listed.Call.StartsWith("watch ", StringComparison.Ordinal);
}
