using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Gateway.Api.Observability;

/// <summary>Metrics for Prometheus; over OTLP metrics and traces, where OTEL_EXPORTER_OTLP_ENDPOINT says to whom.</summary>
internal static class Telemetry
{
    private const string Service = "workload-gateway";

    /// <summary>Registers what measures, and what sends it away.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<GatewayMetrics>();
        var exports = builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 };
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(Service, serviceVersion: Release.Version))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(GatewayMetrics.Meter).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation().AddPrometheusExporter();
                if (exports)
                    metrics.AddOtlpExporter();
            });
        if (exports)
            telemetry.AddTraces();
    }

    // The caller's `traceparent` is taken up; whatever else a caller sends along, `baggage` above all, stays out.
    private static void AddTraces(this OpenTelemetryBuilder telemetry)
    {
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        telemetry.WithTracing(traces => traces
            .AddAspNetCoreInstrumentation(options => options.EnrichWithHttpRequest = LeaveOutWhatCallersChoose)
            .AddHttpClientInstrumentation()
            .AddOtlpExporter());
    }

    private static void LeaveOutWhatCallersChoose(Activity activity, HttpRequest request)
    {
        activity.TraceStateString = null;
        activity.SetTag("user_agent.original", null);
        activity.SetTag("server.address", null);
    }
}
