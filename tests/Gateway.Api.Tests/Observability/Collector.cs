using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Gateway.Api.Tests.Observability;

/// <summary>An OTLP collector on a port of its own: https://opentelemetry.io/docs/specs/otlp/#otlphttp</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _traces = new();
    private readonly ConcurrentQueue<string> _metrics = new();
    private readonly WebApplication _web = WebApplication.CreateSlimBuilder().Build();

    private Collector()
    {
        _web.Urls.Add("http://127.0.0.1:0");
        _web.MapPost("/v1/traces", request => KeepAsync(request, _traces));
        _web.MapPost("/v1/metrics", request => KeepAsync(request, _metrics));
    }

    /// <summary>The settings that send everything here.</summary>
    public Dictionary<string, string> Settings => new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _web.Urls.First(), ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" };

    /// <summary>Every span that came, as its bytes read as text.</summary>
    public string Traces => string.Concat(_traces);

    /// <summary>Every metric that came.</summary>
    public string Metrics => string.Concat(_metrics);

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        await collector._web.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private static async Task KeepAsync(HttpContext context, ConcurrentQueue<string> kept)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        kept.Enqueue(Encoding.Latin1.GetString(body.ToArray()));
    }
}
