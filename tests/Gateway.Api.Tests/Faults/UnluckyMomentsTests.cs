using System.Text.Json.Nodes;
using Gateway.Api.Tests.Clusters;
using Gateway.Embedded.Faults;
using Xunit;

namespace Gateway.Api.Tests.Faults;

/// <summary>No answer says that nothing was stored where something was, whenever the cluster fails.</summary>
public sealed class UnluckyMomentsTests : GatewaysOnOneCluster
{
    // The token is refused after an attempt whose answer was lost, and there is no other.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task TokenThatExpiresAfterALostAnswer_DoesNotMakeItCertain()
    {
        var a = await StartAsync();
        Assert.Equal(201, (await SubmitAsync(a, GatewayHost.Train("warm"), "k0")).Status);
        await Task.Delay(1200);
        Fault(FaultKind.TimeoutAfter, "create", "jobs", 1);
        Fault(FaultKind.ExpiredToken, "create", "jobs", 1);
        Fault(FaultKind.Unavailable, "create", "serviceaccounts/token", null);
        var first = await SubmitAsync(a, GatewayHost.Train("t"), "k1");
        Assert.False(await ExistsAsync("t") && first.Status >= 400 && (string?)first.Body["outcome"] == "none", $"{first}");
    }

    [EmbeddedFact("breaks calls on purpose")]
    public async Task TokenThatExpiresAfterALostAnswer_ThatTookTheLastOfAQuota_WithoutAKey()
    {
        var a = await StartAsync();
        Assert.Equal(201, (await SubmitAsync(a, GatewayHost.Train("warm"), "k0")).Status);
        await LimitAsync("jobs.batch", 2);
        await Task.Delay(1200);
        Fault(FaultKind.TimeoutAfter, "create", "jobs", 1);
        Fault(FaultKind.ExpiredToken, "create", "jobs", 1);
        var first = await SubmitAsync(a, GatewayHost.Train("t"), null);
        Assert.False(await ExistsAsync("t") && first.Status >= 400 && (string?)first.Body["outcome"] == "none", $"{first}");
    }

    // The quota refuses what the same key made a moment before, and the look for it fails.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task RefusalByTheQuota_WhereNobodyCanLook_DoesNotSayThatNothingIsThere()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        await LimitAsync("jobs.batch", 1);
        Hold("create", "jobs");
        var first = SubmitAsync(a, GatewayHost.Train("t"), "k1");
        await UntilHeldAsync();
        Assert.Equal(201, (await SubmitAsync(b, GatewayHost.Train("t"), "k1")).Status);
        Fault(FaultKind.InternalError, "get", "jobs", null);
        Release();
        var late = await first;
        Faults.Clear();
        Assert.False(await ExistsAsync("t") && late.Status >= 400 && (string?)late.Body["outcome"] == "none", $"{late}");
    }

    // The cluster's trouble is no fault of the items.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task ValidateFirst_WhereTheClusterIsNotReady_IsNotInvalid()
    {
        var a = await StartAsync();
        var batch = new JsonObject { ["mode"] = "validateFirst", ["items"] = new JsonArray(GatewayHost.Train("t")) };
        Fault(FaultKind.Unavailable, "create", "pods", null);
        var answer = await SubmitAsync(a, batch, "k1", "/batch");
        Assert.True((bool?)answer.Body["retryable"] ?? true, $"{answer}");
    }

    // A deletion of what somebody else deleted, and submitted anew, meanwhile.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task LateDeletion_ByACaller_OfWhatIsGone_IsDone()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        var uid = (string?)(await SubmitAsync(a, GatewayHost.Train("t"), "k1")).Body["uid"];
        Fault(FaultKind.DropAfter, "delete", "jobs", 1);
        Hold("delete", "jobs");
        var deleting = Http.DeleteAsync(new Uri(a, $"/projects/team-a/workloads/t?uid={uid}"));
        await UntilHeldAsync();
        await UntilGoneAsync("t");
        Assert.Equal(201, (await SubmitAsync(b, GatewayHost.Train("t"), "k2")).Status);
        Release();
        var answer = await deleting;
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    // The create whose answer was lost finds itself, and the look at it fails: it was this very request that made it.
    [EmbeddedTheory("breaks calls on purpose")]
    [InlineData("k1")]
    [InlineData(null)]
    public async Task LostCreateThatFindsItself_WhereNobodyCanLook_IsNotNone(string? key)
    {
        var a = await StartAsync();
        Fault(FaultKind.DropAfter, "create", "jobs", 1);
        Hold("create", "jobs");
        var first = SubmitAsync(a, GatewayHost.Train("t"), key);
        await UntilHeldAsync();
        Fault(FaultKind.InternalError, "get", "jobs", null);
        Release();
        var answer = await first;
        Faults.Clear();
        Assert.False(await ExistsAsync("t") && answer.Status >= 400 && (string?)answer.Body["outcome"] == "none", $"{answer}");
    }

    // Keys that settings made the scheduler's, and a node selector beside a node type.
    [EmbeddedTheory("breaks calls on purpose")]
    [InlineData("--Scheduler:QueueLabel=example.org/queue", """{"labels": {"example.org/queue": "x"}}""")]
    [InlineData("--Scheduler:NodePoolLabel=example.org/pool", """{"labels": {"example.org/pool": "x"}, "scheduling": {"nodePool": "y"}}""")]
    [InlineData("--Scheduler:PriorityClassLabel=example.org/class", """{"labels": {"example.org/class": "x"}, "scheduling": {"priorityClass": "train"}}""")]
    [InlineData("--Scheduler:Name=runai-scheduler", """{"scheduling": {"nodeSelector": {"run.ai/type": "x"}, "nodeType": "y"}}""")]
    public async Task IsNo500(string setting, string members)
    {
        var a = await StartAsync(setting);
        var train = GatewayHost.Train("t");
        foreach (var (name, value) in JsonNode.Parse(members)!.AsObject())
            train[name] = value?.DeepClone();
        var answer = await SubmitAsync(a, train, "k1");
        Assert.True(answer.Status < 500, $"{answer}");
    }
}
