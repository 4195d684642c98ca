using Gateway.Api.Tests.Clusters;
using Gateway.Embedded.Faults;
using k8s;
using k8s.Models;
using Xunit;

namespace Gateway.Api.Tests.Faults;

/// <summary>Whoever sends a submission again is shown what it made, or told what is known of it.</summary>
public sealed class HonestRetryTests : GatewaysOnOneCluster
{
    // The first answer was lost over a part, which the quota refuses by now.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task Retry_ThatIsRefusedAPart_DoesNotSayThatNothingIsThere()
    {
        var a = await StartAsync();
        Fault(FaultKind.Timeout, "create", "services", null);
        var first = await SubmitAsync(a, Exposed("web"), "k1");
        Faults.Clear();
        Assert.Equal("unknown", (string?)first.Body["outcome"]);
        await LimitAsync("services", 0);
        var second = await SubmitAsync(a, Exposed("web"), "k1");
        Assert.False(await ExistsAsync("web") && (string?)second.Body["outcome"] == "none", $"{second}");
    }

    // The workload was acknowledged, and lost a part since.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task Retry_OfWhatWasAcknowledged_IsNotRefused_ForAPartThatIsGoneSince()
    {
        var a = await StartAsync();
        var first = await SubmitAsync(a, Exposed("web"), "k1");
        Assert.Equal(201, first.Status);
        await Admin.CoreV1.DeleteNamespacedServiceAsync("web-exposed", Space);
        await LimitAsync("services", 1);
        var second = await SubmitAsync(a, Exposed("web"), "k1");
        Assert.False(await ExistsAsync("web") && (string?)second.Body["outcome"] == "none", $"{second}");
    }

    // A kept claim that somebody deleted while it is in use.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task Retry_OfWhatWasAcknowledged_IsShown_ThoughItsClaimIsBeingDeleted()
    {
        var a = await StartAsync();
        var train = WithClaim(GatewayHost.Train("t"));
        Assert.Equal(201, (await SubmitAsync(a, train, "k1")).Status);
        await Admin.CoreV1.PatchNamespacedPersistentVolumeClaimAsync(new V1Patch("""{"metadata":{"finalizers":["example.org/in-use"]}}""", V1Patch.PatchType.MergePatch), "results", Space);
        await Admin.CoreV1.DeleteNamespacedPersistentVolumeClaimAsync("results", Space);
        var second = await SubmitAsync(a, train, "k1");
        Assert.True(second.Status == 200, $"{second}");
    }

    // A kept claim that somebody else looks after by now.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task Retry_OfWhatWasAcknowledged_IsShown_ThoughItsClaimIsSomebodyElsesByNow()
    {
        var a = await StartAsync();
        var train = WithClaim(GatewayHost.Train("t"));
        Assert.Equal(201, (await SubmitAsync(a, train, "k1")).Status);
        await Admin.CoreV1.PatchNamespacedPersistentVolumeClaimAsync(new V1Patch("""{"metadata":{"labels":{"app.kubernetes.io/managed-by":"Helm"}}}""", V1Patch.PatchType.MergePatch), "results", Space);
        var second = await SubmitAsync(a, train, "k1");
        Assert.True(second.Status == 200, $"{second}");
    }

    // A foreign Service came in between, for good.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task Retry_ThatMeetsAForeignService_DoesNotSayThatNothingIsThere()
    {
        var a = await StartAsync();
        Fault(FaultKind.Timeout, "create", "services", null);
        Assert.Equal("unknown", (string?)(await SubmitAsync(a, Exposed("web"), "k1")).Body["outcome"]);
        Faults.Clear();
        await Admin.CoreV1.CreateNamespacedServiceAsync(new() { Metadata = new() { Name = "web-exposed" }, Spec = new() { Ports = [new() { Port = 80 }] } }, Space);
        var second = await SubmitAsync(a, Exposed("web"), "k1");
        Assert.False(await ExistsAsync("web") && (string?)second.Body["outcome"] == "none", $"{second}");
    }

    // A default that came after: the workload never had a Service.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task RetryUnderNewDefaults_MakesNothingNew()
    {
        var (a, b) = (await StartAsync("--Policy:Defaults:train:Ports:0:Port=8888", "--Policy:Defaults:train:Expose=ClusterIP"), await StartAsync());
        Assert.Equal(201, (await SubmitAsync(b, GatewayHost.Train("t"), "k1")).Status);
        var second = await SubmitAsync(a, GatewayHost.Train("t"), "k1");
        Assert.Equal(200, second.Status);
        Assert.Empty((await Admin.CoreV1.ListNamespacedServiceAsync(Space)).Items);
    }

    // The template of hosts is another one by now.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task RetryUnderAnotherIngressTemplate_MakesTheHostThatIsShown()
    {
        var (a, b) = (await StartAsync("--Ingress:HostTemplate={name}-{hash}.new.example.org"), await StartAsync("--Ingress:HostTemplate={name}-{hash}.old.example.org"));
        var build = Exposed("web");
        build["expose"] = "Ingress";
        Fault(FaultKind.Timeout, "create", "ingresses", null);
        Assert.Equal("unknown", (string?)(await SubmitAsync(b, build, "k1")).Body["outcome"]);
        Faults.Clear();
        var second = await SubmitAsync(a, build, "k1");
        var host = (await Admin.NetworkingV1.ListNamespacedIngressAsync(Space)).Items.Single().Spec.Rules[0].Host;
        Assert.Equal(host, (string?)second.Body["endpoints"]![0]!["host"]);
    }

    // The retry makes the rest, and cannot look at it.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task RetryThatMadeTheRest_AndCannotShowIt_SaysSo()
    {
        var a = await StartAsync();
        Fault(FaultKind.Timeout, "create", "services", null);
        Assert.Equal("unknown", (string?)(await SubmitAsync(a, Exposed("web"), "k1")).Body["outcome"]);
        Faults.Clear();
        Fault(FaultKind.Unavailable, "list", "pods", null);
        var second = await SubmitAsync(a, Exposed("web"), "k1");
        Assert.Equal(2, (await Admin.CoreV1.ListNamespacedServiceAsync(Space)).Items.Count);
        Assert.False((string?)second.Body["outcome"] == "none", $"{second}");
    }
}
