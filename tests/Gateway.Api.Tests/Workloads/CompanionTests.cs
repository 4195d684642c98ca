using System.Net;
using System.Text.Json.Nodes;
using Gateway.Api.Tests.Clusters;
using Gateway.Core.Manifests;
using Gateway.Embedded.Faults;
using k8s;
using k8s.Models;
using Xunit;

namespace Gateway.Api.Tests.Workloads;

/// <summary>What is made beside a workload, and that it is made once.</summary>
public sealed class CompanionTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly GatewayHost _gateway = new() { Settings = new() { ["Ingress:HostTemplate"] = "{name}.{project}.example.org" } };

    private string Space => _gateway.Space;

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => ((IAsyncLifetime)_gateway).DisposeAsync();

    ValueTask IAsyncDisposable.DisposeAsync() => _gateway.DisposeAsync();

    [PodsFact]
    public async Task Build_ThatIsExposed_HasItsServicesAndLosesThemWithIt()
    {
        await (await _gateway.SubmitAsync(Exposed("web"))).BodyAsync(HttpStatusCode.Created);

        Assert.Equal(["web", "web-exposed"], await ServicesAsync());
        Assert.Single((await _gateway.Cluster.NetworkingV1.ListNamespacedIngressAsync(Space)).Items);
        Assert.Equal(["scratch", "web-0"], await ClaimsAsync());

        await _gateway.Http.DeleteAsync("/projects/team-a/workloads/web");
        await _gateway.UntilGoneAsync("web");
        await GatewayHost.UntilAsync(async () => await ServicesAsync() is [] && await ClaimsAsync() is ["web-0"]);
        Assert.Empty((await _gateway.Cluster.NetworkingV1.ListNamespacedIngressAsync(Space)).Items);
    }

    [Fact]
    public async Task Build_ThatIsExposed_SaysHowItIsReachedAndWhatStays()
    {
        await (await _gateway.SubmitAsync(Exposed("web"))).BodyAsync(HttpStatusCode.Created);

        var shown = await _gateway.GetAsync("/projects/team-a/workloads/web");
        Assert.All(shown["endpoints"]!.AsArray(), endpoint => Assert.Equal("http://web.team-a.example.org/", (string?)endpoint!["url"]));
        Assert.NotEmpty(shown["endpoints"]!.AsArray());
        Assert.Equal(["scratch False", "web-0 True"], shown["claims"]!.AsArray().Select(claim => $"{claim!["name"]} {(bool)claim["kept"]!}").Order());
    }

    [Fact]
    public async Task Claim_ThatWasKept_IsUsedAgain()
    {
        await (await _gateway.SubmitAsync(WithClaim("first", "results"))).BodyAsync(HttpStatusCode.Created);
        await (await _gateway.SubmitAsync(WithClaim("second", "results"))).BodyAsync(HttpStatusCode.Created);

        Assert.Equal(["results"], await ClaimsAsync());
    }

    [PodsFact]
    public async Task Claim_OfSomebodyElse_IsNotTouchedAndNothingIsLeft()
    {
        await _gateway.Cluster.CoreV1.CreateNamespacedPersistentVolumeClaimAsync(
            new()
            {
                Metadata = new() { Name = "mine" },
                Spec = new() { AccessModes = ["ReadWriteOnce"], Resources = new() { Requests = new Dictionary<string, ResourceQuantity> { ["storage"] = new("1Gi") } } },
            },
            Space);

        var problem = await (await _gateway.SubmitAsync(WithClaim("a", "mine"))).ProblemAsync(HttpStatusCode.Conflict, "NAME_TAKEN");

        Assert.Contains("PersistentVolumeClaim named mine", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Equal("none", (string?)problem["outcome"]);
        await _gateway.UntilGoneAsync("a");
        Assert.Equal(["mine"], await ClaimsAsync());
    }

    // The garbage collector takes what a deleted workload owned a moment after the workload.
    [PodsFact]
    public async Task Service_OfAnEarlierWorkloadOfThatName_IsWaitedFor()
    {
        await CreateServiceAsync("web", new V1OwnerReference { ApiVersion = "apps/v1", Kind = V1StatefulSet.KubeKind, Name = "web", Uid = $"{Guid.NewGuid()}" });

        var submitted = await (await _gateway.SubmitAsync(Exposed("web"))).BodyAsync(HttpStatusCode.Created);

        Assert.All((await _gateway.Cluster.CoreV1.ListNamespacedServiceAsync(Space)).Items, service => Assert.Equal((string?)submitted["uid"], service.Metadata.OwnerReferences.Single().Uid));
        Assert.Equal(["web", "web-exposed"], await ServicesAsync());
    }

    [PodsFact]
    public async Task Service_ThatIsLongInLeaving_IsToBeTriedAgain()
    {
        await CreateServiceAsync("web-exposed", owner: null, "example.org/held");
        await _gateway.Cluster.CoreV1.DeleteNamespacedServiceAsync("web-exposed", Space);

        var refused = await _gateway.SubmitAsync(Exposed("web"));

        Assert.Equal("none", (string?)(await refused.ProblemAsync(HttpStatusCode.ServiceUnavailable, "CLUSTER_UNAVAILABLE"))["outcome"]);
        Assert.NotNull(refused.Headers.RetryAfter);
        await _gateway.UntilGoneAsync("web");
        await _gateway.Cluster.CoreV1.PatchNamespacedServiceAsync(new V1Patch("""{"metadata": {"finalizers": null}}""", V1Patch.PatchType.MergePatch), "web-exposed", Space);
        await (await _gateway.SubmitAsync(Exposed("web"))).BodyAsync(HttpStatusCode.Created);
    }

    [PodsFact]
    public async Task Service_OfSomebodyElse_IsNotWaitedFor()
    {
        await CreateServiceAsync("web", owner: null);

        await (await _gateway.SubmitAsync(Exposed("web"))).ProblemAsync(HttpStatusCode.Conflict, "NAME_TAKEN");
    }

    [EmbeddedFact("a quota counts at once")]
    public async Task Service_OverTheQuota_LeavesNothingBehind()
    {
        await _gateway.LimitAsync(Space, "services", 1);

        await (await _gateway.SubmitAsync(Exposed("web"))).ProblemAsync(HttpStatusCode.Forbidden, "QUOTA_EXCEEDED");

        await _gateway.UntilGoneAsync("web");
        await GatewayHost.UntilAsync(async () => await ServicesAsync() is [] && await ClaimsAsync() is []);
    }

    // A quota that is full refuses what is there already too, before the cluster sees that it is there.
    [EmbeddedTheory("a quota counts at once")]
    [InlineData("services", 2)]
    [InlineData("persistentvolumeclaims", 2)]
    public async Task Submission_ThatFillsTheQuota_IsTaken_AndShownAgain(string resource, int count)
    {
        await _gateway.LimitAsync(Space, resource, count);
        _gateway.Faults.Add(new Fault { Kind = FaultKind.DropAfter, Verb = "create", Resource = resource, Times = 1 });

        var taken = await (await _gateway.SubmitAsync(Exposed("web"), key: "k1")).BodyAsync(HttpStatusCode.Created);

        Assert.Equal((string?)taken["uid"], (string?)(await (await _gateway.SubmitAsync(Exposed("web"), key: "k1")).BodyAsync(HttpStatusCode.OK))["uid"]);
    }

    [EmbeddedFact("a quota counts at once")]
    public async Task ClaimThatIsKept_WhereTheQuotaIsFull_IsUsedAgain()
    {
        await _gateway.LimitAsync(Space, "persistentvolumeclaims", 1);
        await (await _gateway.SubmitAsync(WithClaim("first", "data"))).BodyAsync(HttpStatusCode.Created);

        await (await _gateway.SubmitAsync(WithClaim("second", "data"), query: "?dryRun=true")).BodyAsync(HttpStatusCode.OK);
        await (await _gateway.SubmitAsync(WithClaim("second", "data"))).BodyAsync(HttpStatusCode.Created);
    }

    // Cut off before and after each single call: sent again with its key, everything is there, once.
    [EmbeddedTheory("breaks calls on purpose")]
    [InlineData(FaultKind.DropBefore, "statefulsets")]
    [InlineData(FaultKind.DropAfter, "statefulsets")]
    [InlineData(FaultKind.DropBefore, "persistentvolumeclaims")]
    [InlineData(FaultKind.DropAfter, "persistentvolumeclaims")]
    [InlineData(FaultKind.DropBefore, "services")]
    [InlineData(FaultKind.DropAfter, "services")]
    [InlineData(FaultKind.DropBefore, "ingresses")]
    [InlineData(FaultKind.DropAfter, "ingresses")]
    public async Task Submission_ThatIsCutShort_IsCompletedByARetry(FaultKind kind, string resource)
    {
        _gateway.Faults.Add(new Fault { Kind = kind, Verb = "create", Resource = resource, Times = GatewayHost.Attempts });
        var first = await _gateway.SubmitAsync(Exposed("web"), key: "k1");
        // Its own object the gateway finds by itself.
        if (kind == FaultKind.DropAfter && resource == "statefulsets")
            Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        else
            Assert.Equal("unknown", (string?)(await first.ProblemAsync(HttpStatusCode.ServiceUnavailable, "CLUSTER_UNAVAILABLE"))["outcome"]);

        Assert.True((await _gateway.SubmitAsync(Exposed("web"), key: "k1")).IsSuccessStatusCode);

        Assert.Equal(["web", "web-exposed"], await ServicesAsync());
        Assert.Equal(["scratch", "web-0"], await ClaimsAsync());
        Assert.Single((await _gateway.Cluster.NetworkingV1.ListNamespacedIngressAsync(Space)).Items);
        Assert.Single((await _gateway.Cluster.AppsV1.ListNamespacedStatefulSetAsync(Space)).Items);
    }

    [Fact]
    public async Task DryRun_WithCompanions_StoresNothing()
    {
        await (await _gateway.SubmitAsync(Exposed("web"), query: "?dryRun=true")).BodyAsync(HttpStatusCode.OK);

        Assert.Empty(await ServicesAsync());
        Assert.Empty(await ClaimsAsync());
    }

    [Fact]
    public async Task NamePrefix_WithAKey_GivesTheSameNameAgain()
    {
        var submission = GatewayHost.Train("a");
        submission.Remove("name");
        submission["namePrefix"] = "sweep";

        var first = await (await _gateway.SubmitAsync(submission, key: "k1")).BodyAsync(HttpStatusCode.Created);
        var again = await (await _gateway.SubmitAsync(submission, key: "k1")).BodyAsync(HttpStatusCode.OK);
        var other = await (await _gateway.SubmitAsync(submission, key: "k2")).BodyAsync(HttpStatusCode.Created);
        var without = await (await _gateway.SubmitAsync(submission)).BodyAsync(HttpStatusCode.Created);

        Assert.Equal((string?)first["uid"], (string?)again["uid"]);
        Assert.Matches("^sweep-[0-9a-f]{8}$", (string?)first["name"]);
        Assert.Equal(3, new[] { first, other, without }.Select(workload => (string?)workload["name"]).Distinct().Count());
    }

    [Fact]
    public async Task Ttl_ShorterThanRetriesMayTake_IsRefusedWithAKey()
    {
        var submission = GatewayHost.Train("a");
        submission["ttlSecondsAfterFinished"] = 60;

        var problem = await (await _gateway.SubmitAsync(submission, key: "k1")).ProblemAsync(HttpStatusCode.UnprocessableEntity, "INVALID_WORKLOAD");
        Assert.Contains("3600", problem["errors"]!["ttlSecondsAfterFinished"]!.ToJsonString(), StringComparison.Ordinal);
        await (await _gateway.SubmitAsync(submission)).BodyAsync(HttpStatusCode.Created);
    }

    private static JsonObject Exposed(string name)
    {
        var submission = GatewayHost.Build(name);
        submission["ports"] = new JsonArray(new JsonObject { ["port"] = 8888 });
        submission["expose"] = "Ingress";
        submission["volumes"] = JsonNode.Parse("""[{"mountPath": "/results", "newClaim": {"size": "1Gi"}}, {"mountPath": "/scratch", "newClaim": {"name": "scratch", "size": "1Gi", "ephemeral": true}}]""");
        return submission;
    }

    private static JsonObject WithClaim(string name, string claim)
    {
        var submission = GatewayHost.Train(name);
        submission["volumes"] = new JsonArray(new JsonObject { ["mountPath"] = "/results", ["newClaim"] = new JsonObject { ["name"] = claim, ["size"] = "1Gi" } });
        return submission;
    }

    private Task<V1Service> CreateServiceAsync(string name, V1OwnerReference? owner, params string[] finalizers) => _gateway.Cluster.CoreV1.CreateNamespacedServiceAsync(
        new()
        {
            Metadata = new() { Name = name, Labels = new Dictionary<string, string> { [OwnKeys.ManagedBy] = OwnKeys.ManagedByGateway }, OwnerReferences = owner is null ? null : [owner], Finalizers = finalizers },
            Spec = new() { Ports = [new() { Port = 80 }] },
        },
        Space);

    private async Task<string[]> ServicesAsync() => [.. (await _gateway.Cluster.CoreV1.ListNamespacedServiceAsync(Space)).Items.Select(item => item.Metadata.Name).Order(StringComparer.Ordinal)];

    private async Task<string[]> ClaimsAsync() =>
        [.. (await _gateway.Cluster.CoreV1.ListNamespacedPersistentVolumeClaimAsync(Space)).Items.Select(item => item.Metadata.Name).Order(StringComparer.Ordinal)];
}
