using System.Net;
using System.Text.RegularExpressions;
using Gateway.Api.Tests.Clusters;
using Gateway.Embedded.Faults;
using Xunit;

namespace Gateway.Api.Tests.Observability;

/// <summary>What Prometheus reads. Meters are those of the process: other gateways in it count too, so that only what rises is looked at.</summary>
public sealed partial class MetricsTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly GatewayHost _gateway = new();

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => ((IAsyncLifetime)_gateway).DisposeAsync();

    ValueTask IAsyncDisposable.DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Submission_CountsByProjectKindAndOutcome()
    {
        await _gateway.SubmitAsync(GatewayHost.Train("a"), "team-b", key: "k");
        await _gateway.SubmitAsync(GatewayHost.Train("a"), "team-b", key: "k");
        await _gateway.SubmitAsync(GatewayHost.Build("b"), "team-b", query: "?dryRun=true");
        await _gateway.SubmitAsync(GatewayHost.Build("a"), "team-b");
        await _gateway.SubmitTextAsync("no json", "team-b");
        await _gateway.SubmitAsync(GatewayHost.Train("a"), "made-up-by-a-caller");

        var text = await UntilAsync("PROJECT_NOT_FOUND");
        Assert.All(
            (string[])["kind=\"train\",outcome=\"created\"", "kind=\"train\",outcome=\"replayed\"", "kind=\"build\",outcome=\"planned\"", "kind=\"build\",outcome=\"NAME_TAKEN\""],
            labels => Assert.Matches($$"""workload_gateway_submissions_total\{[^}]*{{labels}}[^}]*project="team-b"|workload_gateway_submissions_total\{[^}]*project="team-b"[^}]*{{labels}}""", text));
        Assert.Contains("MALFORMED_REQUEST", text, StringComparison.Ordinal);
        Assert.DoesNotContain("made-up-by-a-caller", text, StringComparison.Ordinal);
    }

    [EmbeddedTheory("breaks calls on purpose")]
    [InlineData(FaultKind.InternalError, "500")]
    [InlineData(FaultKind.DropBefore, "unreachable")]
    public async Task ClusterCall_IsMeasuredByWhatItDidAndHowItEnded(FaultKind kind, string status)
    {
        _gateway.Faults.Add(new Fault { Kind = kind, Verb = "create", Resource = "jobs", Times = 1 });

        await _gateway.SubmitAsync(GatewayHost.Train("a"));

        var text = await ScrapeAsync();
        Assert.Matches($$"""workload_gateway_cluster_call_duration_seconds_count\{[^}]*resource="jobs",status="{{status}}",verb="create"|workload_gateway_cluster_call_duration_seconds_count\{[^}]*verb="create",resource="jobs",status="{{status}}" """.TrimEnd(), text);
        Assert.Contains("resource=\"serviceaccounts/token\"", text, StringComparison.Ordinal);
        Assert.Contains("resource=\"subjectaccessreviews\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("resource=\"other\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Denial_CountsByItsReason()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/projects");
        request.Headers.Add("Authorization", "Bearer made-up");
        Assert.Equal(HttpStatusCode.Unauthorized, (await _gateway.Http.SendAsync(request)).StatusCode);

        Assert.Matches("""workload_gateway_authentication_denials_total\{[^}]*reason="invalid""", await ScrapeAsync());
    }

    [Fact]
    public async Task Chart_AsksOnlyForMetricsAndLabelsThatThereAre()
    {
        await _gateway.SubmitAsync(GatewayHost.Train("a"));
        using var bad = new HttpRequestMessage(HttpMethod.Get, "/projects");
        bad.Headers.Add("Authorization", "Bearer made-up");
        await _gateway.Http.SendAsync(bad);
        using var stream = new HttpRequestMessage(HttpMethod.Get, "/projects/team-a/workloads") { Headers = { { "Accept", "text/event-stream" } } };
        using (await _gateway.Http.SendAsync(stream, HttpCompletionOption.ResponseHeadersRead))
        {
        }
        var text = await UntilAsync("workload_gateway_streams_open");
        AskedMetric[] dashboard = [.. AskedMetric.OfTheDashboard()], alerts = [.. AskedMetric.OfTheAlerts()];

        Assert.Equal((18, 5), (dashboard.Length, alerts.Length));
        Assert.All(dashboard.Concat(alerts), asked => Assert.True(asked.IsIn(text), $"{asked.Name} with {string.Join(", ", asked.Labels)} is not measured: {asked.Query}"));
        // The check is one: whatever is called otherwise is missed.
        Assert.All(dashboard.Concat(alerts), asked => Assert.All([asked.Name, .. asked.Labels], word => Assert.False(asked.IsIn(text.Replace(word, $"{word}_renamed", StringComparison.Ordinal)))));
    }

    [Fact]
    public async Task Page_OfTheMetrics_HasEachOfTheGateways()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "configuration.md"));
        var named = OwnMetric().Matches(await ScrapeAsync()).Select(match => match.Groups[1].Value).Distinct();

        Assert.All(named, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Probe_IsNeitherMeasuredNorLogged()
    {
        await _gateway.Http.GetStringAsync(new Uri("/healthz/live", UriKind.Relative));

        Assert.DoesNotMatch("http_server_request_duration_seconds_count[^\n]*healthz", await ScrapeAsync());
        Assert.DoesNotContain("/healthz/live", _gateway.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sum by (le, pod) (rate(a_bucket{job=\"x{y\",b=~\"5..\"}[$__rate_interval])) / c > 0.05", "a_bucket b le|c le")]
    [InlineData("absent(up{job=\"x\"} == 1) + a:b{c!=\"d\"}", "a:b c")]
    public void Query_IsReadToItsLastMetric(string query, string asked) =>
        Assert.Equal(asked, string.Join('|', AskedMetric.Of(query).Select(metric => string.Join(' ', [metric.Name, .. metric.Labels]))));

    private async Task<string> ScrapeAsync() => await _gateway.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));

    // The answer may be read before the request is counted.
    private async Task<string> UntilAsync(string expected)
    {
        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            if (await ScrapeAsync() is var text && text.Contains(expected, StringComparison.Ordinal))
                return text;
            await Task.Delay(50, end.Token);
        }
    }

    [GeneratedRegex("^# TYPE (workload_gateway_[a-z_]+) ", RegexOptions.Multiline)]
    private static partial Regex OwnMetric();
}
