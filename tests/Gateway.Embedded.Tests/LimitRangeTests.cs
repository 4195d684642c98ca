using System.Text.Json.Nodes;
using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests;

public sealed class LimitRangeTests
{
    private const string Space = "/api/v1/namespaces/runai-team-a";

    [Fact]
    public async Task Pod_ThatSaysNothing_GetsTheDefaults()
    {
        await using var client = await StartAsync("""{"type":"Container","default":{"cpu":"2"},"defaultRequest":{"cpu":"1","memory":"1Gi"}}""");
        var pod = await client.PostAsync(Pods, Pod("{}"));
        Assert.Equal(201, pod.Status);
        Assert.Equal(("2", "1", "1Gi"), (pod.At("spec/containers/0/resources/limits/cpu"), pod.At("spec/containers/0/resources/requests/cpu"), pod.At("spec/containers/0/resources/requests/memory")));
        Assert.Equal("LimitRanger plugin set: cpu, memory request for container main; cpu limit for container main", (string?)pod.Body["metadata"]!["annotations"]!["kubernetes.io/limit-ranger"]);
    }

    // A bound stands for a default that is not given.
    [Theory]
    [InlineData("""{"type":"Container","max":{"cpu":"4"}}""", "4", "4")]
    [InlineData("""{"type":"Container","max":{"cpu":"4"},"min":{"cpu":"1"}}""", "4", "4")]
    [InlineData("""{"type":"Container","min":{"cpu":"1"}}""", null, "1")]
    [InlineData("""{"type":"Pod","max":{"cpu":"4"}}""", null, null)]
    public async Task LimitRange_FillsInItsOwnDefaults(string limit, string? cpu, string? request)
    {
        await using var client = await StartAsync(limit);
        var range = await client.GetAsync($"{Space}/limitranges/l");
        Assert.Equal((cpu, request), (range.At("spec/limits/0/default/cpu"), range.At("spec/limits/0/defaultRequest/cpu")));
    }

    [Theory]
    [InlineData("""{"type":"Container","max":{"cpu":"1"}}""", """{"limits":{"cpu":"2"}}""", "maximum cpu usage per Container is 1, but limit is 2")]
    [InlineData("""{"type":"Container","max":{"cpu":"1"},"min":{"memory":"1Gi"}}""", """{"limits":{"cpu":"2","memory":"512Mi"}}""", "[minimum memory usage per Container is 1Gi, but request is 512Mi, maximum cpu usage per Container is 1, but limit is 2]")]
    [InlineData("""{"type":"Container","max":{"nvidia.com/gpu":"4"}}""", """{"limits":{"nvidia.com/gpu":"8"}}""", "maximum nvidia.com/gpu usage per Container is 4, but limit is 8")]
    [InlineData("""{"type":"Container","maxLimitRequestRatio":{"cpu":"2"}}""", """{"limits":{"cpu":"4"},"requests":{"cpu":"1"}}""", "cpu max limit to request ratio per Container is 2, but provided ratio is 4.000000")]
    [InlineData("""{"type":"Container","maxLimitRequestRatio":{"cpu":"2"}}""", """{"requests":{"cpu":"1"}}""", "cpu max limit to request ratio per Container is 2, but no limit is specified or limit is 0")]
    [InlineData("""{"type":"Pod","max":{"memory":"1Gi"}}""", "{}", "maximum memory usage per Pod is 1Gi.  No limit is specified")]
    [InlineData("""{"type":"Pod","min":{"memory":"1Gi"}}""", "{}", "minimum memory usage per Pod is 1Gi.  No request is specified")]
    public async Task Pod_OutsideTheBounds_IsForbidden(string limit, string resources, string why)
    {
        await using var client = await StartAsync(limit);
        var refused = await client.PostAsync($"{Pods}?dryRun=All", Pod(resources));
        Assert.Equal((403, "Forbidden", $"pods \"pod\" is forbidden: {why}"), (refused.Status, refused.At("reason"), refused.At("message")));
    }

    [Fact]
    public async Task Pod_ThatRequestsMoreThanTheDefaultLimit_IsInvalid()
    {
        await using var client = await StartAsync("""{"type":"Container","default":{"cpu":"500m"}}""");
        var refused = await client.PostAsync(Pods, Pod("""{"requests":{"cpu":"2"}}"""));
        Assert.Equal((422, "Pod \"pod\" is invalid: spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 500m"), (refused.Status, refused.At("message")));
    }

    [Theory]
    [InlineData("10Gi", "maximum storage usage per PersistentVolumeClaim is 5Gi, but request is 10Gi")]
    [InlineData("1Mi", "minimum storage usage per PersistentVolumeClaim is 1Gi, but request is 1Mi")]
    public async Task Claim_OutsideTheBounds_IsForbidden(string size, string why)
    {
        await using var client = await StartAsync("""{"type":"PersistentVolumeClaim","max":{"storage":"5Gi"},"min":{"storage":"1Gi"}}""");
        var refused = await client.PostAsync($"{Space}/persistentvolumeclaims", Parse($$"""{"metadata":{"name":"c"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"{{size}}"} } } }"""));
        Assert.Equal((403, $"persistentvolumeclaims \"c\" is forbidden: {why}"), (refused.Status, refused.At("message")));
    }

    [Theory]
    [InlineData("""{"type":"Container","min":{"cpu":"2"},"max":{"cpu":"1"}}""", "spec.limits[0].min[cpu]", "Invalid value: \"2\": min value 2 is greater than max value 1")]
    [InlineData("""{"type":"Container","default":{"cpu":"1"},"defaultRequest":{"cpu":"2"}}""", "spec.limits[0].defaultRequest[cpu]", "Invalid value: \"2\": default request value 2 is greater than default limit value 1")]
    [InlineData("""{"type":"Pod","default":{"cpu":"1"}}""", "spec.limits[0].default", "Forbidden: may not be specified when `type` is 'Pod'")]
    public async Task Rejects_BoundsThatContradictOneAnother(string limit, string field, string message)
    {
        await using var client = await ClusterClient.StartAsync();
        var refused = await client.PostAsync($"{Space}/limitranges", Range(limit));
        Assert.Equal(422, refused.Status);
        Assert.Contains(refused.Body["details"]!["causes"]!.AsArray(), cause => ((string?)cause!["field"], (string?)cause["message"]) == (field, message));
    }

    private static async Task<ClusterClient> StartAsync(string limit)
    {
        var client = await ClusterClient.StartAsync();
        Assert.Equal(201, (await client.PostAsync($"{Space}/limitranges", Range(limit))).Status);
        return client;
    }

    private static JsonObject Range(string limit) => Parse($$"""{"apiVersion":"v1","kind":"LimitRange","metadata":{"name":"l"},"spec":{"limits":[{{limit}}]} }""");

    private static JsonObject Pod(string resources) => Parse($$"""{"metadata":{"name":"pod"},"spec":{"containers":[{"name":"main","image":"x","resources":{{resources}} }]} }""");
}
