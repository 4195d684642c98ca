using System.Diagnostics.Metrics;

namespace Gateway.Api.Observability;

/// <summary>The gateway's own metrics. Every label has few values: none is a text that a caller may choose.</summary>
internal sealed class GatewayMetrics
{
    public const string Meter = "WorkloadGateway";

    private const string Prefix = "workload_gateway";

    private readonly Meter _meter;
    private readonly Counter<long> _submissions;
    private readonly Histogram<double> _clusterCalls;
    private readonly Counter<long> _clusterRetries;
    private readonly Counter<long> _tokenRequests;
    private readonly Counter<long> _denials;
    private readonly UpDownCounter<long> _streams;

    public GatewayMetrics(IMeterFactory meters)
    {
        var meter = _meter = meters.Create(Meter);
        _submissions = meter.CreateCounter<long>($"{Prefix}.submissions", "{submission}", "Submissions by project, kind and outcome: created, replayed, planned (a dry run), or the error's code.");
        _clusterCalls = meter.CreateHistogram(
            $"{Prefix}.cluster.call.duration",
            "s",
            "How long the cluster took to answer, by verb, resource and status: its number, or timeout, unreachable, cancelled.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 40] });
        _clusterRetries = meter.CreateCounter<long>($"{Prefix}.cluster.retries", "{call}", "Calls that were sent again: what had kept them from succeeding passes, or the cluster no longer took the token.");
        _tokenRequests = meter.CreateCounter<long>($"{Prefix}.token.requests", "{request}", "Requests for tokens of projects' accounts, by outcome: granted or refused.");
        _denials = meter.CreateCounter<long>($"{Prefix}.authentication.denials", "{request}", "Requests whose caller was not recognised, by reason: missing, invalid, throttled.");
        _streams = meter.CreateUpDownCounter<long>($"{Prefix}.streams.open", "{stream}", "Answers that go on, by kind: logs, workloads, waits.");
    }

    /// <summary>Shows how many projects are watched, and how long ago the cluster was last heard of the one of which that is longest.</summary>
    public void ShowPictures(Func<int> count, Func<TimeSpan> oldest)
    {
        _meter.CreateObservableGauge($"{Prefix}.pictures", count, "{project}", "Projects that are watched.");
        _meter.CreateObservableGauge($"{Prefix}.picture.age", () => oldest().TotalSeconds, "s", "How long ago the cluster last confirmed the oldest picture of a project.");
    }

    /// <summary>Shows whether calls are sent to the cluster; while it cannot be reached only one a second is.</summary>
    public void ShowReach(Func<bool> reached) => _meter.CreateObservableGauge($"{Prefix}.cluster.reached", () => reached() ? 1 : 0, null, "1 while calls are sent to the cluster, 0 while it cannot be reached and they fail at once.");

    /// <summary>Counts a submission; the project is one that exists, or none.</summary>
    public void Submitted(string? project, string? kind, string outcome) =>
        _submissions.Add(1, new("project", project), new("kind", kind), new("outcome", outcome));

    /// <summary>Measures a call to the cluster that has ended.</summary>
    public void ClusterAnswered(string verb, string resource, object status, TimeSpan duration) =>
        _clusterCalls.Record(duration.TotalSeconds, new("verb", verb), new("resource", resource), new("status", status));

    /// <summary>Counts a call that is sent again.</summary>
    public void ClusterCallRepeated() => _clusterRetries.Add(1);

    /// <summary>Counts a request for a token of a project's account.</summary>
    public void TokenRequested(bool granted) => _tokenRequests.Add(1, new KeyValuePair<string, object?>("outcome", granted ? "granted" : "refused"));

    /// <summary>Counts a request whose caller was not recognised.</summary>
    public void Denied(string reason) => _denials.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>Counts a stream that has begun, and ends with what this gives.</summary>
    public IDisposable StreamOpened(string kind) => new OpenStream(_streams, new("kind", kind));

    private sealed class OpenStream : IDisposable
    {
        private readonly UpDownCounter<long> _open;
        private readonly KeyValuePair<string, object?> _kind;

        public OpenStream(UpDownCounter<long> open, KeyValuePair<string, object?> kind)
        {
            (_open, _kind) = (open, kind);
            open.Add(1, kind);
        }

        public void Dispose() => _open.Add(-1, _kind);
    }
}
