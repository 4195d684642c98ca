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
    public async Task Replay_ThatMakesWhatLacks_SaysSoOnTheObject()
    {
        await (await _gateway.SubmitAsync(Exposed(), key: "k1")).BodyAsync(HttpStatusCode.Created);
        await _gateway.Cluster.CoreV1.DeleteNamespacedServiceAsync("web-exposed", Space);

        await (await _gateway.SubmitAsync(Exposed(), key: "k1")).BodyAsync(HttpStatusCode.OK);

        Assert.Contains("web-exposed", await ServicesAsync());
        Assert.True((await SetAsync())!.IsCompleted());
    }

    [EmbeddedFact("breaks calls on purpose")]
    public async Task Replay_OfWhatLacksNothing_LeavesTheObjectAlone()
    {
        await (await _gateway.SubmitAsync(Exposed(), key: "k1")).BodyAsync(HttpStatusCode.Created);
        var before = (await SetAsync())!.ResourceVersion();

        await (await _gateway.SubmitAsync(Exposed(), key: "k1")).BodyAsync(HttpStatusCode.OK);

        Assert.Equal(before, (await SetAsync())!.ResourceVersion());
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
        await _gateway.Cluster.CoreV1.CreateNamespacedResourceQuotaAsync(
            new() { Metadata = new() { Name = "services" }, Spec = new() { Hard = new Dictionary<string, ResourceQuantity> { ["count/services"] = new("0") } } }, Space);
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
