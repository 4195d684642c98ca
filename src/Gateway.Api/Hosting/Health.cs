using Gateway.Api.Cluster;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Hosting;

/// <summary>Whether the gateway lives, and whether it is ready.</summary>
internal static class Health
{
    /// <summary>Registers what decides readiness.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services) => services.AddSingleton<Readiness>();

    /// <summary>
    /// Asks the cluster for the first time while the rest is still being set up, on another core: the first connection takes a fifth of
    /// the start. The embedded cluster only starts with the gateway.
    /// </summary>
    public static void AskCluster(this WebApplication app, ClusterMode mode)
    {
        if (mode != ClusterMode.Embedded)
            _ = Task.Run(() => app.Services.GetRequiredService<Readiness>().IsReadyAsync(CancellationToken.None));
    }

    /// <summary>
    /// Keeps the two ports apart by the connection's local port, never by the Host header: health and metrics only on the management port,
    /// everything else never there.
    /// </summary>
    public static void UseManagementPort(this WebApplication app)
    {
        var port = app.Services.GetRequiredService<IOptions<ManagementOptions>>().Value.Port;
        app.Use((context, next) =>
        {
            if (port == 0 || context.IsOfManagement() == (context.Connection.LocalPort == port))
                return next(context);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    /// <summary>Maps health and metrics.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var management = app.MapGroup("").WithMetadata(new ManagementMetadata()).AllowAnonymous().ExcludeFromDescription();
        management.MapPrometheusScrapingEndpoint("/metrics");
        var health = management.MapGroup("/healthz");
        health.MapGet("/live", () => "live");
        health.MapGet("/ready", async (Readiness readiness, CancellationToken cancellationToken) =>
            await readiness.IsReadyAsync(cancellationToken) ? Results.Text("ready") : Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable));
    }

    /// <summary>Whether health or metrics are asked for.</summary>
    public static bool IsOfManagement(this HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ManagementMetadata>() is not null;

    private sealed record ManagementMetadata;
}

/// <summary>
/// Ready from the cluster's first answer until the gateway is told to stop, so that a cluster in trouble later reaches callers as
/// our own 503 and not as a proxy's page.
/// </summary>
internal sealed class Readiness(ClusterNamespaces cluster, IHostApplicationLifetime lifetime)
{
    private bool _answered;

    /// <summary>Asks the cluster until it has answered once.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return false;
        return _answered || (_answered = await cluster.AnswersAsync(cancellationToken));
    }
}
