using System.Text.Json.Nodes;
using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests;

public sealed class PodAdmissionTests
{
    [Theory]
    [InlineData("""{"gpu-fraction":"0.5"}""", 0)]
    [InlineData("""{"gpu-memory":"4000","gpu-fraction-num-devices":"2"}""", 0)]
    [InlineData("""{"other":"x"}""", 1)]
    public async Task Accepts_AnAmountOfGpus(string annotations, int whole)
    {
        await using var client = await ClusterClient.StartAsync();
        Assert.Equal(201, (await client.PostAsync(Pods, Pod(annotations, whole))).Status);
    }

    [Theory]
    [InlineData("""{"gpu-fraction":"0.5"}""", 1, "cannot have both GPU fraction request and whole GPU resource request/limit")]
    [InlineData("""{"gpu-fraction":"1.5"}""", 0, "gpu-fraction annotation value must be a positive number smaller than 1.0")]
    [InlineData("""{"gpu-fraction":"NaN"}""", 0, "gpu-fraction annotation value must be a positive number smaller than 1.0")]
    [InlineData("""{"gpu-memory":"4Gi"}""", 0, "gpu-memory annotation value must be a positive integer greater than 0")]
    [InlineData("""{"gpu-memory":"4000","gpu-fraction":"0.5"}""", 0, "cannot request both GPU fraction and GPU memory, or GPU memory and whole GPU")]
    [InlineData("""{"gpu-fraction-num-devices":"2"}""", 0, "gpu-fraction-num-devices must be a positive integer, beside gpu-fraction or gpu-memory")]
    public async Task Rejects_AContradictoryAmountOfGpus(string annotations, int whole, string why)
    {
        await using var client = await ClusterClient.StartAsync();
        var refused = await client.PostAsync(Pods, Pod(annotations, whole));
        Assert.Equal((403, $"admission webhook \"pod.kai.scheduler\" denied the request: {why}"), (refused.Status, refused.At("message")));
    }

    [Fact]
    public async Task Rejects_AServiceAccountOrPriorityClassThatIsNotThere()
    {
        await using var client = await ClusterClient.StartAsync();
        var (account, priority) = (Pod("{}", 0), Pod("{}", 0));
        account["spec"]!["serviceAccountName"] = "nobody";
        priority["spec"]!["priorityClassName"] = "nope";
        Assert.Equal("pods \"pod\" is forbidden: error looking up service account runai-team-a/nobody: serviceaccount \"nobody\" not found", (await client.PostAsync(Pods, account)).At("message"));
        Assert.Equal("pods \"pod\" is forbidden: no PriorityClass with name nope was found", (await client.PostAsync(Pods, priority)).At("message"));
    }

    [Fact]
    public async Task Accepts_APriorityClass_AndTakesItsValue()
    {
        await using var client = await ClusterClient.StartAsync();
        var pod = Pod("{}", 0);
        pod["spec"]!["priorityClassName"] = "train";
        Assert.Equal("50", (await client.PostAsync(Pods, pod)).At("spec/priority"));
    }

    private static JsonObject Pod(string annotations, int whole) => new()
    {
        ["metadata"] = new JsonObject { ["name"] = "pod", ["annotations"] = JsonNode.Parse(annotations) },
        ["spec"] = new JsonObject
        {
            ["containers"] = new JsonArray(new JsonObject { ["name"] = "main", ["image"] = "x", ["resources"] = whole == 0 ? new JsonObject() : Parse("""{"limits":{"nvidia.com/gpu":1}}""") }),
        },
    };
}
