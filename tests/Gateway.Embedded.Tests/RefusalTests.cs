using System.Text.Json.Nodes;
using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests;

public sealed class RefusalTests
{
    [Fact]
    public async Task Body_OverThreeMebibytes_IsTooLarge()
    {
        await using var client = await ClusterClient.StartAsync();
        var map = new JsonObject { ["metadata"] = new JsonObject { ["name"] = "big" }, ["data"] = new JsonObject { ["x"] = new string('x', 3 * 1024 * 1024) } };
        var refused = await client.PostAsync("/api/v1/namespaces/runai-team-a/configmaps", map);
        Assert.Equal((413, "RequestEntityTooLarge"), (refused.Status, refused.At("reason")));
    }

    [Fact]
    public async Task Apply_OnTheServerSide_IsNotSupported()
    {
        await using var client = await ClusterClient.StartAsync();
        Assert.Equal(415, (await client.PatchAsync($"{Jobs}/train-1?fieldManager=x", Job("train-1"), "application/apply-patch+yaml")).Status);
    }

    [Fact]
    public async Task Delete_OfACollection_IsNotAllowed()
    {
        await using var client = await ClusterClient.StartAsync();
        var refused = await client.DeleteAsync(Jobs);
        Assert.Equal((405, "MethodNotAllowed"), (refused.Status, refused.At("reason")));
    }

    [Fact]
    public async Task Patch_ThatMakesAnObjectUnreadable_IsInvalid()
    {
        await using var client = await ClusterClient.StartAsync();
        await client.PostAsync(Jobs, Job("train-1"));
        var refused = await client.PatchAsync($"{Jobs}/train-1", Parse("""{"spec":{"parallelism":"two"}}"""));
        Assert.Equal((422, "patch"), (refused.Status, refused.At("details/causes/0/field")));
        Assert.EndsWith("json: cannot unmarshal string into Go struct field JobSpec.spec.parallelism of type int32", refused.At("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_OfMoreThanAQuotaLeaves_IsForbidden_AndSoIsAPodThatSaysTooLittle()
    {
        await using var client = await ClusterClient.StartAsync();
        await client.PostAsync("/api/v1/namespaces/runai-team-a/resourcequotas", Parse("""{"metadata":{"name":"q"},"spec":{"hard":{"requests.nvidia.com/gpu":"2","cpu":"4"} } }"""));
        Assert.Equal(201, (await client.PostAsync(Pods, GpuPod("a", gpus: 2, cpu: "1"))).Status);
        Assert.Equal("pods \"b\" is forbidden: exceeded quota: q, requested: cpu=3500m,requests.nvidia.com/gpu=1, used: cpu=1,requests.nvidia.com/gpu=2, limited: cpu=4,requests.nvidia.com/gpu=2",
            (await client.PostAsync(Pods, GpuPod("b", gpus: 1, cpu: "3.5"))).At("message"));
        Assert.Equal("pods \"c\" is forbidden: failed quota: q: must specify cpu for: main", (await client.PostAsync(Pods, GpuPod("c", gpus: 0, cpu: null))).At("message"));
    }

    private static JsonObject GpuPod(string name, int gpus, string? cpu)
    {
        var limits = new JsonObject { ["nvidia.com/gpu"] = gpus };
        if (cpu is not null) limits["cpu"] = cpu;
        return new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name },
            ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = "main", ["image"] = "x", ["resources"] = new JsonObject { ["limits"] = limits } }) },
        };
    }

    [Theory]
    [InlineData("?propagationPolicy=Foreground&orphanDependents=true", null)]
    [InlineData("", """{"propagationPolicy":"Foreground","orphanDependents":false}""")]
    public async Task Rejects_TwoWordsForThePolicy(string query, string? body)
    {
        await using var client = await ClusterClient.StartAsync();
        await client.PostAsync(Jobs, Job("train-1"));
        var refused = await client.DeleteAsync($"{Jobs}/train-1{query}", body is null ? null : Parse(body));
        Assert.Equal(
            (422, "DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Invalid value: \"Foreground\": orphanDependents and deletionPropagation cannot be both set"),
            (refused.Status, refused.At("message")));
    }
}
