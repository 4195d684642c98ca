using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Gateway.Api.Tests.Faults;
using Gateway.Api.Tests.Pages;
using k8s;
using Xunit;

namespace Gateway.Api.Tests.Observability;

/// <summary>
/// The chart's alerts, evaluated by Prometheus' own promtool on what two scrapes of a gateway tell: as if what happened between them
/// happened every minute. https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/
/// </summary>
public sealed partial class AlertTests : GatewaysOnOneCluster
{
    // Those of each test, without probes.
    private const int CallersRequests = 20;

    private const string Target = "job=\"gateway-metrics\",namespace=\"workload-gateway\"";

    [ProgramFact("promtool")]
    public async Task Alerts_WhereOneCallerInTenIsFailed_Fire()
    {
        await Admin.CoreV1.DeleteNamespacedServiceAccountAsync("workload-gateway", "runai-team-b");

        var rising = await RisingAsync(await StartAsync(), async http =>
        {
            await AskAsync(http, "/projects/team-a/workloads", HttpStatusCode.OK, times: 18);
            await AskAsync(http, "/projects/team-b/workloads", HttpStatusCode.ServiceUnavailable, times: 2);
            // As many as stood beside the callers' requests in a quiet cluster, where they hid the errors.
            await AskAsync(http, "/healthz/ready", HttpStatusCode.OK, times: 100);
        });

        await EvaluateAsync(rising, firing: new() { ["WorkloadGatewayErrors"] = "", ["WorkloadGatewayProjectNotSetUp"] = "project_namespace: runai-team-b" });
    }

    [ProgramFact("promtool")]
    public async Task Alerts_WhereCallersAreAnswered_DoNotFire()
    {
        var rising = await RisingAsync(await StartAsync(), async http =>
        {
            await AskAsync(http, "/projects/team-a/workloads", HttpStatusCode.OK, times: 10);
            await AskAsync(http, "/projects/team-a/workloads/none", HttpStatusCode.NotFound, times: 10);
        });

        await EvaluateAsync(rising, firing: []);
    }

    private static async Task AskAsync(HttpClient http, string path, HttpStatusCode expected, int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var answer = await http.GetAsync(path);
            Assert.Equal(expected, answer.StatusCode);
        }
    }

    // Each series that the alerts read, with what it stood at and what it rose by.
    private static async Task<IReadOnlyList<(string Series, double From, double By)>> RisingAsync(Uri gateway, Func<HttpClient, Task> traffic)
    {
        using var http = new HttpClient { BaseAddress = gateway };
        await AskAsync(http, "/projects/team-a/workloads", HttpStatusCode.OK, times: 1);
        var before = Samples(await http.GetStringAsync("/metrics"));
        await traffic(http);
        var after = await CountedAsync(http, Requests(before) + CallersRequests);
        return [.. after.Select(sample => (sample.Key, before.GetValueOrDefault(sample.Key), sample.Value - before.GetValueOrDefault(sample.Key)))];
    }

    // A scrape is given again for a moment, and the last answers may be read before they are counted.
    private static async Task<Dictionary<string, double>> CountedAsync(HttpClient http, double requests)
    {
        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            var samples = Samples(await http.GetStringAsync("/metrics", end.Token));
            if (Requests(samples) >= requests)
            {
                return samples;
            }
            await Task.Delay(50, end.Token);
        }
    }

    private static double Requests(Dictionary<string, double> samples) =>
        samples.Where(sample => sample.Key.StartsWith("http_server_request_duration_seconds_count", StringComparison.Ordinal)).Sum(sample => sample.Value);

    private static Dictionary<string, double> Samples(string scrape) => scrape.Split('\n')
        .Select(line => Sample().Match(line))
        .Where(match => match.Success && AskedMetric.OfTheAlerts().Any(asked => asked.Name == match.Groups["name"].Value))
        .ToDictionary(
            match => $"{match.Groups["name"].Value}{{{Target},{match.Groups["labels"].Value}}}",
            match => double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture));

    private static async Task EvaluateAsync(IReadOnlyList<(string Series, double From, double By)> rising, Dictionary<string, string> firing)
    {
        var folder = Directory.CreateTempSubdirectory("alerts").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "rules.yml"), Rules());
            await File.WriteAllTextAsync(Path.Combine(folder, "test.yml"), Test(rising, firing));
            var start = new ProcessStartInfo("promtool", ["test", "rules", "test.yml"]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
            using var promtool = Process.Start(start)!;
            var said = await promtool.StandardOutput.ReadToEndAsync() + await promtool.StandardError.ReadToEndAsync();
            await promtool.WaitForExitAsync();
            Assert.True(promtool.ExitCode == 0, said);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Test(IReadOnlyList<(string Series, double From, double By)> rising, Dictionary<string, string> firing)
    {
        var text = new StringBuilder("rule_files: [rules.yml]\nevaluation_interval: 1m\ntests:\n- interval: 1m\n  input_series:\n");
        text.AppendLine(CultureInfo.InvariantCulture, $"  - {{series: 'up{{{Target}}}', values: '1x60'}}");
        foreach (var (series, from, by) in rising)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  - {{series: '{series}', values: '{from}+{by}x60'}}");
        }
        text.AppendLine("  alert_rule_test:");
        foreach (var alert in AlertName().Matches(Rules()).Select(match => match.Groups[1].Value))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  - eval_time: 50m\n    alertname: {alert}");
            text.AppendLine(firing.TryGetValue(alert, out var labels)
                ? $"    exp_alerts: [{{exp_labels: {{severity: warning, {labels}}}, exp_annotations: {{summary: \"{Summary(alert, labels)}\"}}}}]"
                : "    exp_alerts: []");
        }
        return text.ToString();
    }

    private static string Summary(string alert, string labels) =>
        Regex.Match(Rules(), $"alert: {alert}\n.*?summary: (.*?)\n", RegexOptions.Singleline).Groups[1].Value
            .Replace("{{ $labels.project_namespace }}", labels.Split(": ")[^1], StringComparison.Ordinal);

    // The rules as helm renders them.
    private static string Rules()
    {
        var template = File.ReadAllText(Path.Combine(Repository.Root, "helm", "gateway", "templates", "monitoring", "prometheusrule.yaml"));
        var rules = template[template.IndexOf("  groups:", StringComparison.Ordinal)..template.LastIndexOf("{{- end }}", StringComparison.Ordinal)];
        return Quoted().Replace(OfTheTarget().Replace(rules, Target), "$1").Replace("{{ include \"gateway.fullname\" . }}", "gateway", StringComparison.Ordinal);
    }

    [GeneratedRegex("""^(?<name>[a-z_]+)\{(?<labels>(?:[^"}]|"[^"]*")*)\} (?<value>[0-9.eE+-]+)""")]
    private static partial Regex Sample();

    [GeneratedRegex(@"alert: (\w+)")]
    private static partial Regex AlertName();

    [GeneratedRegex(@"\s*\{\{- \$of -\}\}\s*")]
    private static partial Regex OfTheTarget();

    [GeneratedRegex("""\{\{ "(\{\{.*?\}\})" \}\}""")]
    private static partial Regex Quoted();
}
