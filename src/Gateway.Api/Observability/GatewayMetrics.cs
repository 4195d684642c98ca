using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http.Features;

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
    private readonly Histogram<double> _streamDurations;

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
        _tokenRequests = meter.CreateCounter<long>($"{Prefix}.token.requests", "{request}", "Requests for tokens of projects' accounts, by the project's namespace and outcome: granted or refused.");
        _denials = meter.CreateCounter<long>($"{Prefix}.authentication.denials", "{request}", "Requests whose caller was not recognised, by reason: missing, invalid, throttled.");
        _streams = meter.CreateUpDownCounter<long>($"{Prefix}.streams.open", "{stream}", "Answers that last as long as the caller wishes, by kind: logs, workloads, waits.");
        _streamDurations = meter.CreateHistogram(
            $"{Prefix}.stream.duration",
            "s",
            "How long answers lasted that last as long as the caller wishes, by kind: logs, workloads, waits.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 10, 60, 600, 3600, 36000] });
    }

    /// <summary>Shows how many projects are watched, and how long ago the cluster was last heard of the one of which that is longest.</summary>
    public void ShowPictures(Func<int> count, Func<TimeSpan> oldest)
    {
        _meter.CreateObservableGauge($"{Prefix}.watched.projects", count, "{project}", "Projects that are watched.");
        _meter.CreateObservableGauge($"{Prefix}.cache.age", () => oldest().TotalSeconds, "s", "How long ago the cluster last confirmed the oldest cache of a project.");
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
    public void TokenRequested(string projectNamespace, bool granted) =>
        _tokenRequests.Add(1, new("project_namespace", projectNamespace), new("outcome", granted ? "granted" : "refused"));

    /// <summary>Counts a request whose caller was not recognised.</summary>
    public void Denied(string reason) => _denials.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>
    /// Counts an answer that lasts as long as its caller wishes, until what this gives is disposed. It is kept out of
    /// `http.server.request.duration`, whose percentiles would tell of callers' patience.
    /// </summary>
    public IDisposable StreamOpened(HttpContext context, string kind)
    {
        if (context.Features.Get<IHttpMetricsTagsFeature>() is { } request)
        {
            request.MetricsDisabled = true;
        }
        return new OpenStream(_streams, _streamDurations, new("kind", kind));
    }

    private sealed class OpenStream : IDisposable
    {
        private readonly UpDownCounter<long> _open;
        private readonly Histogram<double> _durations;
        private readonly KeyValuePair<string, object?> _kind;
        private readonly long _started = Stopwatch.GetTimestamp();

        public OpenStream(UpDownCounter<long> open, Histogram<double> durations, KeyValuePair<string, object?> kind)
        {
            (_open, _durations, _kind) = (open, durations, kind);
            open.Add(1, kind);
        }

        public void Dispose()
        {
            _open.Add(-1, _kind);
            _durations.Record(Stopwatch.GetElapsedTime(_started).TotalSeconds, _kind);
        }
    }
}
