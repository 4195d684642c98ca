using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Chart.Tests.Rendering;
using Xunit;

namespace Gateway.Chart.Tests.Releases;

/// <summary>How settings reach the pods.</summary>
public sealed class SettingsTests
{
    [ChartFact]
    public async Task Settings_BecomeVariables()
    {
        var settings = await DataAsync(
            """
            settings:
              Authentication:
                Oidc: [{Issuer: https://one}, {Issuer: https://two, GroupsClaim: roles}]
              Limits: {Requests: 3600000, Share: 0.25, Strict: true, Nothing: null}
              Serilog: {MinimumLevel: {Override: {Microsoft.AspNetCore: Warning}}}
            """);

        Assert.Equal("InCluster", settings["Cluster__Mode"]);
        Assert.Equal("8081", settings["Management__Port"]);
        Assert.Equal("Kubernetes", settings["Authentication__Mode"]);
        Assert.Equal("https://two", settings["Authentication__Oidc__1__Issuer"]);
        Assert.Equal("3600000", settings["Limits__Requests"]);
        Assert.Equal("0.25", settings["Limits__Share"]);
        Assert.Equal("true", settings["Limits__Strict"]);
        Assert.Equal("Warning", settings["Serilog__MinimumLevel__Override__Microsoft.AspNetCore"]);
        Assert.DoesNotContain("Limits__Nothing", settings.Keys);
    }

    // What an operator is told to bind has the release's name.
    [ChartFact]
    public async Task Settings_NameTheRoleOfProjectsUnlessTheySayAnother()
    {
        Assert.Equal("other-project", (await DataAsync("fullnameOverride: other"))["Projects__ClusterRole"]);
        Assert.Equal("mine", (await DataAsync("settings: {Projects: {ClusterRole: mine}}"))["Projects__ClusterRole"]);
    }

    [ChartFact]
    public async Task Settings_RollThePodsWhenTheyChangeAndOnlyThen()
    {
        var before = await ChecksumAsync("");

        Assert.Equal(before, await ChecksumAsync("replicas: 5"));
        Assert.NotEqual(before, await ChecksumAsync("settings: {Scheduler: {Dialect: Kai}}"));
    }

    // Behind an Ingress all callers have its controller's address, unless that is believed about theirs.
    [ChartTheory]
    [InlineData("", "")]
    [InlineData("settings: {Server: {PathBase: /gateway}}", "")]
    [InlineData("settings: {Server: {TrustedProxies: null}}", "")]
    [InlineData("settings: {Server: {TrustedProxies: []}}", "nobody")]
    [InlineData("settings: {Server: {TrustedProxies: [10.244.0.0/16]}}", "10.244.0.0/16")]
    [InlineData("settings: {server: {trustedProxies: [10.244.0.0/16]}}", "10.244.0.0/16")]
    public async Task Ingress_NeedsTheAddressesOfItsController(string settings, string believed)
    {
        var values = $"ingress: {{enabled: true, host: gateway.example.org}}\n{settings}";
        if (believed.Length == 0)
        {
            Assert.Contains("settings.Server.TrustedProxies is needed", await Renderer.RefusalAsync(values), StringComparison.Ordinal);
            return;
        }

        var variables = (await DataAsync(values)).Where(variable => variable.Key.Contains("proxies", StringComparison.OrdinalIgnoreCase)).Select(variable => variable.Value);
        Assert.Equal(believed == "nobody" ? [] : [believed], variables);
    }

    [ChartTheory]
    [InlineData("settings: {}", "")]
    [InlineData("ingress: {enabled: true, host: gw.example.org}\nsettings: {Server: {TrustedProxies: []}}", "")]
    [InlineData("settings: {Authentication: {Mode: Anonymous}}", "gateway gateway.workload-gateway gateway.workload-gateway.svc gateway.workload-gateway.svc.cluster.local")]
    [InlineData("settings: {Authentication: {Mode: 'Kubernetes, Anonymous'}, Server: {TrustedProxies: []}}\ningress: {enabled: true, host: gw.example.org}\nfullnameOverride: gw",
        "gw gw.workload-gateway gw.workload-gateway.svc gw.workload-gateway.svc.cluster.local gw.example.org")]
    [InlineData("settings: {Server: {Hosts: [one.example.org, two.example.org]}}",
        "one.example.org two.example.org gateway gateway.workload-gateway gateway.workload-gateway.svc gateway.workload-gateway.svc.cluster.local")]
    public async Task Hosts_AreLimitedWhereNobodySignsInOrSomeAreGiven(string values, string hosts)
    {
        var given = (await DataAsync(values)).Where(variable => variable.Key.StartsWith("Server__Hosts__", StringComparison.Ordinal))
            .OrderBy(variable => int.Parse(variable.Key["Server__Hosts__".Length..], CultureInfo.InvariantCulture));

        Assert.Equal(hosts, string.Join(' ', given.Select(variable => variable.Value)));
    }

    [ChartTheory]
    [InlineData("settings: {cluster: {mode: Embedded}}", "set by the chart")]
    [InlineData("settings: {management: {port: 9000}}", "set by the chart")]
    [InlineData("settings: {Urls: 'http://*:9000'}", "set by the chart")]
    [InlineData("settings: {authentication: {mode: Anonymous}}", "are one setting")]
    public async Task Rejects_Setting(string values, string reason) => Assert.Contains(reason, await Renderer.RefusalAsync(values), StringComparison.Ordinal);

    private static async Task<Dictionary<string, string>> DataAsync(string values) =>
        (await Renderer.RenderAsync(values)).One("ConfigMap").Content["data"]!.AsObject().ToDictionary(item => item.Key, item => item.Value!.GetValue<string>());

    private static async Task<string?> ChecksumAsync(string values) =>
        (string?)((JsonObject)(await Renderer.RenderAsync(values)).One("Deployment").Content["spec"]!["template"]!["metadata"]!["annotations"]!)["checksum/settings"];
}
