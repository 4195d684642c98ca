using System.Text.Json.Nodes;
using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests.Life;

public sealed class VolumeTests
{
    private const string Space = "/api/v1/namespaces/runai-team-a";
    private const string Claims = $"{Space}/persistentvolumeclaims";

    [Fact]
    public async Task Claim_IsBound_AMomentAfterItWasMade()
    {
        await using var stage = await Stage.SetAsync();
        await stage.Client.PostAsync(Claims, Claim("data"));
        Assert.Equal("Pending", (await stage.Client.GetAsync($"{Claims}/data")).At("status/phase"));
        await stage.PassAsync(0.2);
        var bound = await stage.Client.GetAsync($"{Claims}/data");
        Assert.Equal(("Bound", "1Gi", $"pvc-{bound.At("metadata/uid")}"), (bound.At("status/phase"), bound.At("status/capacity/storage"), bound.At("spec/volumeName")));
    }

    [Theory]
    [InlineData("""{"spec":{"storageClassName":"none-such"}}""")]
    [InlineData("""{"spec":{"storageClassName":""}}""")]
    [InlineData("""{"metadata":{"annotations":{"embedded.workload-gateway.io/unbound":"true"}}}""")]
    public async Task Claim_ThatNothingProvisions_StaysPending(string wish)
    {
        await using var stage = await Stage.SetAsync();
        var claim = Claim("data");
        foreach (var (part, fields) in Parse(wish))
            foreach (var (key, value) in fields!.AsObject()) claim[part]![key] = value!.DeepClone();
        await stage.Client.PostAsync(Claims, claim);
        await stage.PassAsync(5);
        Assert.Equal("Pending", (await stage.Client.GetAsync($"{Claims}/data")).At("status/phase"));
    }

    [Fact]
    public async Task Pod_WaitsForItsClaim_AndSaysWhy()
    {
        await using var stage = await Stage.SetAsync();
        await stage.Client.PostAsync(Pods, Pod("""{"name":"data","persistentVolumeClaim":{"claimName":"data"}}"""));
        await stage.PassAsync(1);
        Assert.Equal(("Pending", Says("persistentvolumeclaim \"data\" not found")), await LookAsync(stage));
        await stage.Client.PostAsync(Claims, Claim("data"));
        await stage.PassAsync(0.05);
        Assert.Equal(("Pending", Says("pod has unbound immediate PersistentVolumeClaims")), await LookAsync(stage));
        await stage.PassAsync(2);
        Assert.Equal(("Running", null), await LookAsync(stage));
        Assert.Equal(["FailedScheduling", "FailedScheduling", "Scheduled"], (await stage.EventsAsync("pod-1"))[..3]);
    }

    [Theory]
    [InlineData("secret", """{"secret":{"secretName":"creds"}}""", "secrets")]
    [InlineData("configmap", """{"configMap":{"name":"creds"}}""", "configmaps")]
    public async Task Pod_WaitsForWhatItMounts(string kind, string source, string resource)
    {
        await using var stage = await Stage.SetAsync();
        var volume = Parse(source);
        volume["name"] = "v";
        await stage.Client.PostAsync(Pods, Pod(volume.ToJsonString()));
        await stage.PassAsync(3);
        var waiting = await stage.Client.GetAsync($"{Pods}/pod-1");
        Assert.Equal(("Pending", "ContainerCreating"), (waiting.At("status/phase"), waiting.At("status/containerStatuses/0/state/waiting/reason")));
        Assert.Equal(["Scheduled", "FailedMount"], await stage.EventsAsync("pod-1"));
        var events = await stage.GetAsync($"{Space}/events?fieldSelector=reason%3DFailedMount");
        Assert.Equal($"MountVolume.SetUp failed for volume \"v\" : {kind} \"creds\" not found", events["items"]![0]!["message"]!.ToString());
        await stage.Client.PostAsync($"{Space}/{resource}", Parse("""{"metadata":{"name":"creds"}}"""));
        await stage.PassAsync(5);
        Assert.Equal("Running", (await stage.Client.GetAsync($"{Pods}/pod-1")).At("status/phase"));
    }

    private static async Task<(string?, string?)> LookAsync(Stage stage)
    {
        var status = (await stage.GetAsync($"{Pods}/pod-1"))["status"]!;
        var scheduled = status["conditions"]!.AsArray().First(condition => condition!["type"]!.ToString() == "PodScheduled")!;
        return (status["phase"]!.ToString(), scheduled["message"]?.ToString());
    }

    private static string Says(string problem) =>
        $"0/2 nodes are available: {problem}. no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.";

    private static JsonObject Claim(string name) => Parse($$"""
        {"metadata":{"name":"{{name}}"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"} } } }
        """);

    private static JsonObject Pod(string volume) => Parse($$"""
        {"metadata":{"name":"pod-1"},"spec":{"containers":[{"name":"main","image":"x"}],"volumes":[{{volume}}]} }
        """);
}
