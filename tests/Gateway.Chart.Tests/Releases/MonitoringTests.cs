using System.Text.Json.Nodes;
using Gateway.Chart.Tests.Rendering;
using Gateway.Chart.Tests.Setups;
using Xunit;

namespace Gateway.Chart.Tests.Releases;

/// <summary>The dashboard and the alerts of a release; that the metrics they ask for exist is tested with the gateway itself.</summary>
public sealed class MonitoringTests
{
    [ChartFact]
    public async Task Dashboard_IsFoundByGrafanaAndAsksOfOneJob()
    {
        var map = (await Setup.RenderAsync("everything")).Of("ConfigMap").Single(item => item.Name == "gw-dashboard");
        var panels = JsonNode.Parse((string)map.Content["data"]!["workload-gateway.json"]!)!["panels"]!.AsArray();
        var queries = panels.SelectMany(panel => panel!["targets"]!.AsArray()).Select(target => (string)target!["expr"]!).ToArray();

        Assert.NotEmpty(queries);
        Assert.Equal("1", map.Label("grafana_dashboard"));
        Assert.All(queries, query => Assert.Contains("job=\"$job\"", query, StringComparison.Ordinal));
    }

    [ChartFact]
    public async Task Alerts_AskOfTheRelease()
    {
        var rules = (await Setup.RenderAsync("everything")).One("PrometheusRule").Content["spec"]!["groups"]![0]!["rules"]!.AsArray();
        var queries = rules.Select(rule => (string)rule!["expr"]!).ToArray();

        Assert.Equal(4, queries.Length);
        Assert.All(queries, query => Assert.Contains("""{job="gw-metrics",namespace="workload-gateway""", query, StringComparison.Ordinal));
    }

    [ChartFact]
    public async Task ServiceMonitor_FindsTheServiceOfTheManagementPort()
    {
        var chart = await Setup.RenderAsync("everything");
        var wanted = chart.One("ServiceMonitor").Content["spec"]!["selector"]!["matchLabels"]!.AsObject();

        var found = chart.Of("Service").Where(service => wanted.All(label => service.Label(label.Key) == (string?)label.Value));
        Assert.Equal("management", (string?)Assert.Single(found).Content["spec"]!["ports"]![0]!["name"]);
    }
}
