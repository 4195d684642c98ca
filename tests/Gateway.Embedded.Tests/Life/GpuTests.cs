using System.Text.Json.Nodes;
using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests.Life;

public sealed class GpuTests
{
    private static readonly EmbeddedClusterOptions OneGpu = new() { Nodes = [new() { Name = "node-1", Gpus = 1, GpuMemoryMiB = 40_000, Labels = new Dictionary<string, string> { ["zone"] = "a" } }] };

    [Theory]
    [InlineData("gpu-fraction", "0.5", 2)]
    [InlineData("gpu-fraction", "0.25", 4)]
    [InlineData("gpu-memory", "10000", 4)]
    [InlineData("gpu-memory", "25000", 1)]
    [InlineData("gpu-memory", "50000", 0)]
    public async Task Shares_FillAGpu_AndTheRestWaits(string annotation, string value, int fit)
    {
        await using var stage = await Stage.SetAsync(OneGpu);
        for (var number = 0; number < 5; number++) await stage.Client.PostAsync(Pods, Sharing($"pod-{number}", annotation, value));
        await stage.PassAsync(2);
        Assert.Equal(fit, (await stage.PodsAsync()).Count(pod => pod["status"]!["phase"]!.ToString() == "Running"));
    }

    [Theory]
    [InlineData("a", "Running")]
    [InlineData("b", "Pending")]
    public async Task Selector_ChoosesTheNode(string zone, string phase)
    {
        await using var stage = await Stage.SetAsync(OneGpu);
        var pod = Sharing("pod-1", "gpu-fraction", "0.5");
        pod["spec"]!["nodeSelector"] = new JsonObject { ["zone"] = zone };
        await stage.Client.PostAsync(Pods, pod);
        await stage.PassAsync(2);
        Assert.Equal(phase, (await stage.Client.GetAsync($"{Pods}/pod-1")).At("status/phase"));
    }

    [Fact]
    public async Task FractionAndWholeGpus_AreRefusedAtThePod_NotAtTheJob()
    {
        await using var stage = await Stage.SetAsync(OneGpu);
        var job = Job("train-1");
        job["spec"]!["template"]!["metadata"]!["annotations"] = new JsonObject { ["gpu-fraction"] = "0.5" };
        job["spec"]!["template"]!["spec"]!["schedulerName"] = "kai-scheduler";
        Assert.Equal(201, (await stage.Client.PostAsync(Jobs, job)).Status);
        await stage.PassAsync(2);
        Assert.Empty(await stage.PodsAsync());
        Assert.Equal(["FailedCreate"], await stage.EventsAsync("train-1"));
    }

    private static JsonObject Sharing(string name, string annotation, string value) => Parse($$"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{name}}","annotations":{"{{annotation}}":"{{value}}"} },
         "spec":{"schedulerName":"kai-scheduler","containers":[{"name":"main","image":"x"}]} }
        """);
}
