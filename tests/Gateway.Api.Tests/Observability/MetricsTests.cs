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

    [Theory]
    [InlineData("helm/gateway/files/dashboard.json")]
    [InlineData("helm/gateway/templates/monitoring/prometheusrule.yaml")]
    public async Task Chart_AsksOnlyForMetricsAndLabelsThatThereAre(string file)
    {
        await _gateway.SubmitAsync(GatewayHost.Train("a"));
        using var bad = new HttpRequestMessage(HttpMethod.Get, "/projects");
        bad.Headers.Add("Authorization", "Bearer made-up");
        await _gateway.Http.SendAsync(bad);
        var text = await UntilAsync("workload_gateway_submissions_total");

        var queries = (await File.ReadAllTextAsync(Path.Combine(Repository.Root, file))).Replace("\\\"", "\"", StringComparison.Ordinal).Replace("{{- $of -}}", "", StringComparison.Ordinal);
        var asked = Selector().Matches(queries).Where(match => match.Groups["name"].Value != "up").ToArray();

        Assert.NotEmpty(asked);
        Assert.All(asked, selector => Assert.Contains(text.Split('\n'), line =>
            line.StartsWith($"{selector.Groups["name"].Value}{{", StringComparison.Ordinal)
            && Label().Matches(selector.Groups["labels"].Value).All(label => label.Groups[1].Value == "job" || line.Contains($"{label.Groups[1].Value}=\"", StringComparison.Ordinal))));
        Assert.All(
            Grouping().Matches(queries).SelectMany(match => match.Groups[1].Value.Split(", ")).Distinct().Except(["pod"]),
            label => Assert.Contains($"{label}=\"", text, StringComparison.Ordinal));
    }

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

    [GeneratedRegex(@"(?<name>[a-z_]+)\{(?<labels>[^{}]*)\}")]
    private static partial Regex Selector();

    [GeneratedRegex(@"([a-z_]+)=")]
    private static partial Regex Label();

    [GeneratedRegex(@"by \(([^)]+)\)")]
    private static partial Regex Grouping();
}
