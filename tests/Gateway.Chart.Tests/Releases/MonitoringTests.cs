using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gateway.Chart.Tests.Rendering;
using Gateway.Chart.Tests.Setups;
using Xunit;

namespace Gateway.Chart.Tests.Releases;

/// <summary>The dashboard and the alerts: they ask only for metrics that there are.</summary>
public sealed partial class MonitoringTests
{
    // Prometheus' own; then ASP.NET Core's and the runtime's, as OpenTelemetry names them for Prometheus.
    private static readonly string[] Metrics =
    [
        "up",
        "http_server_request_duration_seconds_bucket", "http_server_request_duration_seconds_count", "http_server_active_requests",
        "dotnet_process_memory_working_set_bytes",
    ];

    [ChartFact]
    public async Task Dashboard_AsksForMetricsThatThereAre()
    {
        var map = (await Setup.RenderAsync("everything")).Of("ConfigMap").Single(item => item.Name == "gw-dashboard");
        var panels = JsonNode.Parse((string)map.Content["data"]!["workload-gateway.json"]!)!["panels"]!.AsArray();
        var queries = panels.SelectMany(panel => panel!["targets"]!.AsArray()).Select(target => (string)target!["expr"]!).ToArray();

        Assert.NotEmpty(queries);
        Assert.Equal("1", map.Label("grafana_dashboard"));
        Assert.All(queries.SelectMany(Asked), metric => Assert.Contains(metric, Metrics));
    }

    [ChartFact]
    public async Task Alerts_AskForMetricsThatThereAreOfTheRelease()
    {
        var rules = (await Setup.RenderAsync("everything")).One("PrometheusRule").Content["spec"]!["groups"]![0]!["rules"]!.AsArray();
        var queries = rules.Select(rule => (string)rule!["expr"]!).ToArray();

        Assert.Equal(3, queries.Length);
        Assert.All(queries, query => Assert.Contains("""{job="gw-metrics",namespace="workload-gateway""", query, StringComparison.Ordinal));
        Assert.All(queries.SelectMany(Asked), metric => Assert.Contains(metric, Metrics));
    }

    [ChartFact]
    public async Task ServiceMonitor_FindsTheServiceOfTheManagementPort()
    {
        var chart = await Setup.RenderAsync("everything");
        var wanted = chart.One("ServiceMonitor").Content["spec"]!["selector"]!["matchLabels"]!.AsObject();

        var found = chart.Of("Service").Where(service => wanted.All(label => service.Label(label.Key) == (string?)label.Value));
        Assert.Equal("management", (string?)Assert.Single(found).Content["spec"]!["ports"]![0]!["name"]);
    }

    private static IEnumerable<string> Asked(string query) => Metric().Matches(query).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"([a-z_]+)\{")]
    private static partial Regex Metric();
}
