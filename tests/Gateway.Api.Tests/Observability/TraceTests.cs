using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Xunit;

namespace Gateway.Api.Tests.Observability;

/// <summary>What is sent over OTLP.</summary>
public sealed class TraceTests
{
    private const string Secret = "hunter2-c41d";

    private static readonly string[] Headers = ["Authorization", "Cookie", "X-Api-Key", "Idempotency-Key", "X-Forwarded-For", "User-Agent", "Referer", "tracestate", "baggage", "If-Match", "Accept-Language"];

    [Fact]
    public async Task Secret_InAnyHeaderFieldOrQuery_IsNeitherSentNorScraped()
    {
        await using var collector = await Collector.StartAsync();
        await using var gateway = new GatewayHost { Settings = collector.Settings };
        await gateway.InitializeAsync();
        foreach (var header in Headers)
            await SendAsync(gateway, GatewayHost.Train("planted").ToJsonString(), header);
        foreach (var field in (string[])["type", "image", "user", "command", "gpu", "unknown"])
        {
            var submission = GatewayHost.Train("planted-2");
            submission[field] = field == "command" ? new JsonArray(Secret) : Secret;
            await SendAsync(gateway, submission.ToJsonString());
        }
        await SendAsync(gateway, Secret, query: $"?token={Secret}");
        await SendHostAsync(gateway);
        using (await gateway.Http.GetAsync($"/projects/team-a/workloads?user={Secret}&labelSelector={Secret}"))
        using (await gateway.Http.GetAsync($"/projects/{Secret}/workloads"))
        {
        }

        Flush(gateway);
        Assert.Contains("/projects/{project}/workloads", collector.Traces, StringComparison.Ordinal);
        Assert.Contains($"/apis/batch/v1/namespaces/{gateway.Space}/jobs", collector.Traces, StringComparison.Ordinal);
        Assert.Contains("workload_gateway.submissions", collector.Metrics, StringComparison.Ordinal);
        var scraped = await gateway.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.All(
            (string[])[WithoutPaths(collector.Traces), collector.Metrics, scraped],
            text => Assert.DoesNotContain(Secret, text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Trace_OfTheCaller_GoesOnThroughTheGateway()
    {
        await using var collector = await Collector.StartAsync();
        await using var gateway = new GatewayHost { Settings = collector.Settings };
        await gateway.InitializeAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/projects/team-a/workloads/none");
        request.Headers.Add("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        await gateway.Http.SendAsync(request);

        Flush(gateway);
        // A span holds its trace's id as 16 bytes: the request's own, and those of the calls to the cluster.
        var id = Encoding.Latin1.GetString(Convert.FromHexString("4bf92f3577b34da6a3ce929d0e0e4736"));
        Assert.True(collector.Traces.Split(id).Length > 3);
    }

    [Fact]
    public async Task Gateway_WithoutAnEndpoint_HasNoTraces()
    {
        await using var gateway = new GatewayHost();
        await gateway.InitializeAsync();

        Assert.Null(gateway.Services.GetService<TracerProvider>());
    }

    // A path is public: names of projects and workloads are no place for secrets.
    private static string WithoutPaths(string text) => text.Replace($"/projects/{Secret}/workloads", "", StringComparison.Ordinal);

    private static void Flush(GatewayHost gateway)
    {
        gateway.Services.GetRequiredService<TracerProvider>().ForceFlush();
        gateway.Services.GetRequiredService<MeterProvider>().ForceFlush();
    }

    // By hand: the metrics of the test's own client, which are those of the process too, would name the host.
    private static async Task SendHostAsync(GatewayHost gateway)
    {
        using var client = new TcpClient(gateway.Http.BaseAddress!.Host, gateway.Http.BaseAddress.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /projects HTTP/1.1\r\nHost: {Secret}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(client.GetStream());
        Assert.StartsWith("HTTP/1.1 200", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    private static async Task SendAsync(GatewayHost gateway, string body, string? header = null, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/projects/team-a/workloads{query}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (header is not null)
            request.Headers.TryAddWithoutValidation(header, header switch { "Authorization" => $"Bearer {Secret}", "tracestate" or "baggage" => $"a={Secret}", _ => Secret });
        if (header is "tracestate" or "baggage")
            request.Headers.TryAddWithoutValidation("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4737-00f067aa0ba902b7-01");
        await gateway.Http.SendAsync(request);
    }
}
