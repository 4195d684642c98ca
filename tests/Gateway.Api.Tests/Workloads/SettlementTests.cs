using System.Net;
using System.Text.Json.Nodes;
using Gateway.Api.Tests.Clusters;
using Gateway.Core.Manifests;
using Gateway.Embedded.Faults;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Api.Tests.Workloads;

/// <summary>What becomes of a workload that one gateway is about to undo while another one completes it.</summary>
public sealed class SettlementTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly GatewayHost _gateway;

    public SettlementTests() => _gateway = new() { Time = _time, Embedded = new() { MakesPods = false } };

    private string Space => _gateway.Space;

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => ((IAsyncLifetime)_gateway).DisposeAsync();

    ValueTask IAsyncDisposable.DisposeAsync() => _gateway.DisposeAsync();

    [EmbeddedFact("breaks calls on purpose")]
    public async Task Replay_MakesWhatLacks()
    {
        await (await _gateway.SubmitAsync(Exposed(), key: "k1")).BodyAsync(HttpStatusCode.Created);
        await _gateway.Cluster.CoreV1.DeleteNamespacedServiceAsync("web-exposed", Space);

        await (await _gateway.SubmitAsync(Exposed(), key: "k1")).BodyAsync(HttpStatusCode.OK);

        Assert.Contains("web-exposed", await ServicesAsync());
    }

    // Even where nothing lacks: what is there may have been made by an attempt that does not know it, and is about to undo it all.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task Replay_SaysOnTheObject_Once_ThatItIsCompleted()
    {
        await (await _gateway.SubmitAsync(Exposed(), key: "k1")).BodyAsync(HttpStatusCode.Created);
        Assert.False((await SetAsync())!.IsCompleted());

        await (await _gateway.SubmitAsync(Exposed(), key: "k1")).BodyAsync(HttpStatusCode.OK);
        var first = (await SetAsync())!;
        await (await _gateway.SubmitAsync(Exposed(), key: "k1")).BodyAsync(HttpStatusCode.OK);

        Assert.True(first.IsCompleted());
        Assert.Equal(first.ResourceVersion(), (await SetAsync())!.ResourceVersion());
    }

    // The gateway that was to undo it was killed over it.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task Replay_OfWhatIsBeingUndone_IsNotTold_AndUndoesIt()
    {
        await (await _gateway.SubmitAsync(Exposed(), key: "k1")).BodyAsync(HttpStatusCode.Created);
        var set = (await SetAsync())!;
        await PatchAsync(set.ToUndone());

        var refused = await _gateway.SubmitAsync(Exposed(), key: "k1");
        await refused.ProblemAsync(HttpStatusCode.ServiceUnavailable, "CLUSTER_UNAVAILABLE");

        Assert.NotNull(refused.Headers.RetryAfter);
        await PassUntilAsync(async () => await SetAsync() is null);
        var again = await (await _gateway.SubmitAsync(Exposed(), key: "k1")).BodyAsync(HttpStatusCode.Created);
        Assert.NotEqual(set.Uid(), (string?)again["uid"]);
    }

    // The first one waits for its Service, which the quota will refuse; meanwhile somebody was told that the workload is there.
    [EmbeddedTheory("breaks calls on purpose")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Undoing_OfWhatWasCompletedMeanwhile_IsGivenUp(bool completed)
    {
        await _gateway.LimitAsync(Space, "services", 0);
        _gateway.Faults.Add(new Fault { Kind = FaultKind.Delay, Verb = "create", Resource = "services", Seconds = 10, Times = 1 });
        var first = _gateway.SubmitAsync(Exposed(), key: "k1");
        await GatewayHost.UntilAsync(async () => await SetAsync() is not null && _gateway.Faults.Faults.Count == 0);
        if (completed)
            await PatchAsync((await SetAsync())!.ToCompleted());

        await PassUntilAsync(() => Task.FromResult(first.IsCompleted));

        if (completed)
        {
            Assert.Equal((await SetAsync())!.Uid(), (string?)(await (await first).BodyAsync(HttpStatusCode.Created))["uid"]);
            return;
        }
        await (await first).ProblemAsync(HttpStatusCode.Forbidden, "QUOTA_EXCEEDED");
        await PassUntilAsync(async () => await SetAsync() is null);
    }

    // Whoever submits it next would use its claims again, and lose them.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task Undoing_TakesTheClaimsBeforeTheName()
    {
        await _gateway.LimitAsync(Space, "services", 0);
        _gateway.Faults.Add(new Fault { Kind = FaultKind.DropAfter, Verb = "delete", Resource = "persistentvolumeclaims", Times = 1 });
        _gateway.Faults.Add(new Fault { Kind = FaultKind.Delay, Verb = "delete", Resource = "persistentvolumeclaims", Seconds = 10, Times = 1 });
        var submission = Exposed();
        submission["volumes"] = JsonNode.Parse("""[{"mountPath": "/results", "newClaim": {"name": "results", "size": "1Gi"}}]""");
        var first = _gateway.SubmitAsync(submission, key: "k1");

        await PassUntilAsync(() => Task.FromResult(_gateway.Faults.Faults.Count == 0));

        Assert.True((await SetAsync())!.IsUndone());
        await PassUntilAsync(() => Task.FromResult(first.IsCompleted));
        await (await first).ProblemAsync(HttpStatusCode.Forbidden, "QUOTA_EXCEEDED");
        Assert.Empty((await _gateway.Cluster.CoreV1.ListNamespacedPersistentVolumeClaimAsync(Space)).Items);
        await PassUntilAsync(async () => await SetAsync() is null);
    }

    private static JsonObject Exposed()
    {
        var submission = GatewayHost.Build("web");
        submission["ports"] = new JsonArray(new JsonObject { ["port"] = 8888, ["name"] = "http" });
        submission["expose"] = "ClusterIP";
        return submission;
    }

    private async Task PassUntilAsync(Func<Task<bool>> holds) => await GatewayHost.UntilAsync(async () =>
    {
        _time.Advance(TimeSpan.FromMilliseconds(500));
        return await holds();
    });

    private Task<V1StatefulSet> PatchAsync(object patch) =>
        _gateway.Cluster.AppsV1.PatchNamespacedStatefulSetAsync(new V1Patch(System.Text.Json.JsonSerializer.Serialize(patch), V1Patch.PatchType.MergePatch), "web", Space);

    private async Task<V1StatefulSet?> SetAsync() => (await _gateway.Cluster.AppsV1.ListNamespacedStatefulSetAsync(Space)).Items.SingleOrDefault();

    private async Task<IReadOnlyList<string>> ServicesAsync() => [.. (await _gateway.Cluster.CoreV1.ListNamespacedServiceAsync(Space)).Items.Select(service => service.Name())];
}
