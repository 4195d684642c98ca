using System.Net;
using System.Text.Json.Nodes;
using Gateway.Api.Projects;
using Gateway.Api.Tests.Clusters;
using Gateway.Core.Status;
using Gateway.Embedded.Faults;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Api.Tests.Live;

/// <summary>A project that cannot be watched any more, or not by everybody: who waits is answered, and the cluster is left in peace.</summary>
public sealed class EndedPictureTests
{
    private const string Workloads = "/projects/team-a/workloads";

    [EmbeddedFact("breaks calls on purpose")]
    public async Task Get_ThatWaits_IsAnswered_WhenNobodyWatchesAnyMore()
    {
        await using var host = await StartAsync(new());
        (await host.SubmitAsync(GatewayHost.Build("waited-on"))).EnsureSuccessStatusCode();
        await host.UntilAsync("waited-on", Phase.Running);
        await host.GetAsync(Workloads);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Workloads}/waited-on?wait=60s");
        request.Headers.IfNoneMatch.Add((await host.Http.GetAsync($"{Workloads}/waited-on")).Headers.ETag!);
        var waiting = host.Http.SendAsync(request);
        host.Faults.Add(new() { Kind = FaultKind.ExpiredToken, Verb = "watch", Resource = "pods" });

        await GatewayHost.UntilAsync(() =>
        {
            host.Faults.CutWatches();
            return Task.FromResult(waiting.IsCompleted);
        });

        Assert.True((int)(await waiting).StatusCode is 200 or 304);
    }

    // Its list is allowed, so that each picture begins well.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task Stream_ListsNotAgainAndAgain_WhereAWatchIsRefused()
    {
        await using var host = await StartAsync(new() { Time = new FakeTimeProvider(DateTimeOffset.UtcNow) });
        host.Faults.Add(new() { Kind = FaultKind.ExpiredToken, Verb = "watch", Resource = "pods" });
        await using var stream = await SseReader.OpenAsync(host, Workloads);
        await stream.UntilAsync("resync");
        await stream.UntilAsync("resync");

        // Time stands still, so nothing more may come however long this takes.
        await Task.Delay(500);

        Assert.InRange(host.Accesses.Count(one => one.Path.Contains("/jobs?limit", StringComparison.Ordinal)), 1, 3);
    }

    // The cluster may do without pod groups, or keep them from the project for a while.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task OptionalKind_ThatIsRefused_EndsNothing_AndIsLookedForAgain()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await StartAsync(new() { Time = time });
        await using var stream = await SseReader.OpenAsync(host, Workloads);
        await stream.UntilAsync("synced");
        await GatewayHost.UntilAsync(() => Task.FromResult(Watches(host) == 1));
        host.Faults.Add(new() { Kind = FaultKind.ExpiredToken, Verb = "watch", Resource = "podgroups", Times = 1 });
        host.Faults.CutWatches();
        await GatewayHost.UntilAsync(() => Task.FromResult(host.Faults.Faults.Count == 0));
        var refused = Watches(host);

        await GatewayHost.UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromMinutes(1));
            return Task.FromResult(Watches(host) > refused);
        });

        (await host.SubmitAsync(GatewayHost.Train("another"))).EnsureSuccessStatusCode();
        Assert.Equal("added", (await stream.NextAsync())?.Name);
    }

    [EmbeddedFact("has few places for pictures")]
    public async Task Delete_ThatWaits_IsAccepted_WhereNobodyCanWatch()
    {
        await using var host = await StartAsync(new() { Settings = new() { ["Live:Projects"] = "1" } });
        (await host.SubmitAsync(GatewayHost.Build("in-b"), "team-b")).EnsureSuccessStatusCode();
        await using var stream = await SseReader.OpenAsync(host, Workloads);
        await stream.UntilAsync("synced");

        var answer = await host.Http.DeleteAsync("/projects/team-b/workloads/in-b?wait=5s");

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    [EmbeddedFact("stops the gateway")]
    public async Task Delete_ThatWaits_IsAnswered_WhenTheGatewayIsToldToStop()
    {
        await using var host = await StartAsync(new());
        (await host.SubmitAsync(GatewayHost.Build("held"))).EnsureSuccessStatusCode();
        await host.Cluster.AppsV1.PatchNamespacedStatefulSetAsync(new V1Patch("""{"metadata":{"finalizers":["example.com/hold"]}}""", V1Patch.PatchType.MergePatch), "held", host.Space);
        var going = host.Http.DeleteAsync($"{Workloads}/held?wait=55s");
        await GatewayHost.UntilAsync(async () => (await host.Cluster.AppsV1.ReadNamespacedStatefulSetAsync("held", host.Space)).Metadata.DeletionTimestamp is not null);

        var stopping = host.Services.GetRequiredService<IHost>().StopAsync();

        Assert.Equal(HttpStatusCode.Accepted, (await going).StatusCode);
        await stopping;
    }

    [EmbeddedFact("relabels a namespace")]
    public async Task Workloads_OfARelabelledNamespace_NameTheirNewProject()
    {
        await using var host = await StartAsync(new());
        (await host.SubmitAsync(GatewayHost.Build("moved"))).EnsureSuccessStatusCode();
        await host.GetAsync(Workloads);
        var label = host.Services.GetRequiredService<IOptions<ProjectOptions>>().Value.Label;
        var patch = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { [label] = "team-x" } } };
        await host.Cluster.CoreV1.PatchNamespaceAsync(new V1Patch(patch.ToJsonString(), V1Patch.PatchType.MergePatch), host.Space);

        await GatewayHost.UntilAsync(async () => (await host.Http.GetAsync(Workloads)).StatusCode == HttpStatusCode.NotFound);

        Assert.Equal("team-x", (string?)(await host.GetAsync("/projects/team-x/workloads"))["items"]![0]!["project"]);
    }

    private static int Watches(GatewayHost host) => host.Accesses.Count(one => one.Path.Contains("/podgroups?watch", StringComparison.Ordinal));

    private static async Task<GatewayHost> StartAsync(GatewayHost host)
    {
        await host.InitializeAsync();
        return host;
    }
}
