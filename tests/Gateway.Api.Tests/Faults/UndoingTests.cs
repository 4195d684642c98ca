using System.Text.Json.Nodes;
using Gateway.Api.Tests.Clusters;
using Gateway.Embedded.Faults;
using k8s;
using Xunit;

namespace Gateway.Api.Tests.Faults;

/// <summary>What the cluster refused a part of is undone, and nothing else: whoever was told that it is there keeps it.</summary>
public sealed class UndoingTests : GatewaysOnOneCluster
{
    // Its own patch was carried out without an answer, and is sent again when the other one has undone it all.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task WhatAnotherGatewayUndid_IsNotAcknowledged()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        await LimitAsync("services", 0);
        Fault(FaultKind.DropAfter, "patch", "statefulsets", 1);
        Hold("patch", "statefulsets");
        var first = SubmitAsync(a, Exposed("web"), "k1");
        await UntilHeldAsync();
        var second = await SubmitAsync(b, Exposed("web"), "k1");
        Release();
        var (status, body) = await first;
        Assert.True(status >= 400 || await ExistsAsync("web"), $"second {second}; first {status} {body}; there {await ExistsAsync("web")}");
    }

    // The other workload was acknowledged with that claim.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task Undoing_LeavesTheClaimThatAnotherWorkloadUses()
    {
        var a = await StartAsync();
        await LimitAsync("services", 0);
        Hold("create", "services");
        var first = SubmitAsync(a, WithClaim(Exposed("web")), "k1");
        await UntilHeldAsync();
        var (taken, text) = await SubmitAsync(a, WithClaim(GatewayHost.Train("other")), "k2");
        Assert.True(taken == 201, text.ToString());
        Release();
        var answer = await first;
        Assert.True(answer.Status == 403, answer.ToString());
        Assert.Single((await Admin.CoreV1.ListNamespacedPersistentVolumeClaimAsync(Space)).Items, claim => claim.Metadata.DeletionTimestamp is null);
    }

    // The undoing gateway is slow over the claim; another one finishes the undoing, and the next attempt has the claim when it goes.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task LateUndoing_LeavesTheClaimOfTheNextAttempt()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        await LimitAsync("services", 0);
        Hold("delete", "persistentvolumeclaims");
        var first = SubmitAsync(a, WithClaim(Exposed("web")), "k1");
        await UntilHeldAsync();
        var second = await SubmitAsync(b, WithClaim(Exposed("web")), "k1");
        await Admin.CoreV1.DeleteNamespacedResourceQuotaAsync("services", Space);
        await UntilGoneAsync("web");
        var third = await SubmitAsync(b, WithClaim(Exposed("web")), "k1");
        Assert.True(third.Status == 201, $"{second} {third}");
        Assert.False(first.IsCompleted);
        Release();
        await first;
        Assert.True(await ExistsAsync("web"));
        Assert.Single((await Admin.CoreV1.ListNamespacedPersistentVolumeClaimAsync(Space)).Items, claim => claim.Metadata.DeletionTimestamp is null);
    }

    // Gateways with other defaults take over: the retry needs nothing beside, and was told that the workload is there.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task AcknowledgedByAGatewayWithOtherDefaults_IsNotUndone()
    {
        var (a, b) = (await StartAsync("--Policy:Defaults:train:Ports:0:Port=8888", "--Policy:Defaults:train:Expose=ClusterIP"), await StartAsync());
        await LimitAsync("services", 0);
        Hold("create", "services");
        var first = SubmitAsync(a, GatewayHost.Train("t"), "k1");
        await UntilHeldAsync();
        var second = await SubmitAsync(b, GatewayHost.Train("t"), "k1");
        Release();
        var done = await first;
        Assert.True(second.Status == 200, $"retry {second}; first {done}");
        Assert.True(await ExistsAsync("t"), $"retry {second.Status}; first {done.Status}");
    }

    // The undoing gateway's delete meets the next attempt.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task LateDelete_OfWhatIsGone_IsNoConflict()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        await LimitAsync("services", 0);
        Hold("delete", "statefulsets");
        var first = SubmitAsync(a, Exposed("web"), "k1");
        await UntilHeldAsync();
        var second = await SubmitAsync(b, Exposed("web"), "k1");
        await Admin.CoreV1.DeleteNamespacedResourceQuotaAsync("services", Space);
        await UntilGoneAsync("web");
        var third = await SubmitAsync(b, Exposed("web"), "k1");
        Assert.True(third.Status == 201, $"{second} {third}");
        Release();
        var late = await first;
        Assert.True(late.Status == 403, $"{late}");
    }

    // Its create was carried out without an answer, and nobody can be asked for it.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task ClaimWhoseAnswerWasLost_GoesWithWhatIsUndone()
    {
        var a = await StartAsync();
        Fault(FaultKind.DropAfter, "create", "persistentvolumeclaims", 1);
        Fault(FaultKind.InternalError, "get", "persistentvolumeclaims", 4);
        var first = await SubmitAsync(a, WithClaim(Exposed("web")), "k1");
        Assert.False((string?)first.Body["outcome"] == "none" && (await Admin.CoreV1.ListNamespacedPersistentVolumeClaimAsync(Space)).Items.Count > 0, $"{first}");
    }

    // Somebody deletes what is about to be undone: it is not there, and was never whole.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task WhatIsDeletedBeforeItIsUndone_IsRefused()
    {
        var a = await StartAsync();
        await LimitAsync("services", 0);
        Hold("create", "services");
        var first = SubmitAsync(a, WithClaim(Exposed("web")), "k1");
        await UntilHeldAsync();
        await Http.DeleteAsync(new Uri(a, "/projects/team-a/workloads/web"));
        Release();
        var answer = await first;
        Assert.True(answer.Status == 403, $"{answer}");
    }

    // A retry that meets its workload just as a caller deletes it.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task ARetry_OfWhatIsDeletedMeanwhile_IsToldTheTruth()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        Assert.Equal(201, (await SubmitAsync(a, Exposed("web"), "k1")).Status);
        Hold("patch", "statefulsets");
        var again = SubmitAsync(a, Exposed("web"), "k1");
        await UntilHeldAsync();
        await Http.DeleteAsync(new Uri(b, "/projects/team-a/workloads/web"));
        Release();
        var answer = await again;
        Assert.False(((string?)answer.Body["detail"])?.Contains("refused a part") == true, $"{answer}");
    }

    // Its deletion failed: whoever submits that name next finishes it.
    [EmbeddedTheory("breaks calls on purpose")]
    [InlineData(null)]
    [InlineData("k1")]
    public async Task WhatIsBeingUndone_IsNotShownAsGood(string? key)
    {
        var a = await StartAsync();
        await LimitAsync("services", 0);
        Fault(FaultKind.Unavailable, "delete", "statefulsets", null);
        var first = await SubmitAsync(a, Exposed("web"), key);
        Assert.Equal("unknown", (string?)first.Body["outcome"]);
        Faults.Clear();
        var read = await Http.GetAsync(new Uri(a, "/projects/team-a/workloads/web"));
        var text = await read.Content.ReadAsStringAsync();
        var again = await SubmitAsync(a, Exposed("web"), key);
        Assert.False(read.IsSuccessStatusCode && (string?)JsonNode.Parse(text)!["phase"] != "Deleting", $"{text} then {again}");
    }
}
