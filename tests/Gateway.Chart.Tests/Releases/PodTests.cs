using System.Text.Json.Nodes;
using Gateway.Chart.Tests.Rendering;
using Gateway.Chart.Tests.Setups;
using Xunit;

namespace Gateway.Chart.Tests.Releases;

/// <summary>The pods of a release, and what leads to them.</summary>
public sealed class PodTests
{
    [ChartTheory]
    [MemberData(nameof(Setup.All), MemberType = typeof(Setup))]
    public async Task EveryPod_MayDoAsLittleAsPossible(string setup)
    {
        var chart = await Setup.RenderAsync(setup);

        foreach (var pod in chart.Of("Deployment").Concat(chart.Of("Pod")).Select(item => item.PodSpec))
        {
            var (all, container) = (pod["securityContext"]!, Assert.Single(pod["containers"]!.AsArray())!);
            Assert.True((bool)all["runAsNonRoot"]!);
            Assert.Equal("RuntimeDefault", (string?)all["seccompProfile"]!["type"]);
            Assert.Equal("""{"allowPrivilegeEscalation":false,"readOnlyRootFilesystem":true,"capabilities":{"drop":["ALL"]}}""", container["securityContext"]!.ToJsonString());
            Assert.NotNull(container["resources"]!["limits"]!["memory"]);
        }
    }

    [ChartTheory]
    [MemberData(nameof(Setup.All), MemberType = typeof(Setup))]
    public async Task EverySelector_FindsThePods(string setup)
    {
        var chart = await Setup.RenderAsync(setup);
        var labels = chart.One("Deployment").Content["spec"]!["template"]!["metadata"]!["labels"]!;
        var selectors = chart.Of("Service").Select(item => item.Content["spec"]!["selector"])
            .Concat(chart.Of("PodDisruptionBudget").Append(chart.One("Deployment")).Select(item => item.Content["spec"]!["selector"]!["matchLabels"]))
            .Append(chart.One("NetworkPolicy").Content["spec"]!["podSelector"]!["matchLabels"])
            .Append(chart.One("Deployment").PodSpec["topologySpreadConstraints"]![0]!["labelSelector"]!["matchLabels"]);

        Assert.All(selectors.SelectMany(selector => selector!.AsObject()), wanted => Assert.Equal((string?)wanted.Value, (string?)labels[wanted.Key]));
    }

    [ChartFact]
    public async Task Everything_RefersToWhatExists()
    {
        var chart = await Setup.RenderAsync("everything");
        var pod = chart.One("Deployment").PodSpec;
        var container = pod["containers"]![0]!;

        Assert.Equal("registry.example.org/workload-gateway@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", (string?)container["image"]);
        Assert.Equal("""[{"configMapRef":{"name":"gw"}},{"secretRef":{"name":"gateway-secrets"}}]""", container["envFrom"]!.ToJsonString());
        Assert.Equal("https://*:8080", Variable(container, "ASPNETCORE_URLS"));
        Assert.Equal("/etc/workload-gateway/tls/tls.crt", Variable(container, "Kestrel__Certificates__Default__Path"));
        Assert.Equal("gateway-tls", (string?)pod["volumes"]!.AsArray().Single(volume => (string?)volume!["name"] == "tls")!["secret"]!["secretName"]);
        Assert.Equal("https://gw.workload-gateway.svc:443/gateway", Variable(chart.One("Pod").PodSpec["containers"]![0]!, "GATEWAY"));
        Assert.Equal("/gateway", (string?)chart.One("Ingress").Content["spec"]!["rules"]![0]!["http"]!["paths"]![0]!["path"]);
        Assert.Equal("off", chart.One("Ingress").Annotation("nginx.ingress.kubernetes.io/proxy-buffering"));
    }

    [ChartFact]
    public async Task ManagementPort_IsClosedUnlessItIsScraped()
    {
        Assert.Equal(["api"], OpenPorts(await Setup.RenderAsync("default")));
        Assert.Equal(["api", "management"], OpenPorts(await Renderer.RenderAsync("serviceMonitor: {enabled: true}")));
        Assert.All((await Setup.RenderAsync("default")).Of("Service"), service => Assert.Equal("api", (string?)Assert.Single(service.Content["spec"]!["ports"]!.AsArray())!["targetPort"]));
    }

    private static IEnumerable<string> OpenPorts(RenderedChart chart) =>
        chart.One("NetworkPolicy").Content["spec"]!["ingress"]!.AsArray().Select(rule => (string)rule!["ports"]![0]!["port"]!);

    private static string? Variable(JsonNode container, string name) =>
        (string?)container["env"]!.AsArray().Single(variable => (string?)variable!["name"] == name)!["value"];
}
