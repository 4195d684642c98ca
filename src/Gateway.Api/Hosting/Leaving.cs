using Microsoft.Extensions.Options;

namespace Gateway.Api.Hosting;

/// <summary>
/// How the gateway goes when it is told to: first it says that it is not ready, and still answers everybody; then it takes no more
/// connections, and has what it took answered.
/// </summary>
internal static class Leaving
{
    // Beyond that requests are broken off: the chart's grace period leaves room for it.
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(30);

    /// <summary>Registers how it goes.</summary>
    public static IServiceCollection AddLeaving(this IServiceCollection services)
    {
        services.AddHostedService<Farewell>();
        services.AddOptions<HostOptions>().Configure<IOptions<ServerOptions>>((host, server) => host.ShutdownTimeout = server.Value.LeaveAfter + LongestRequest);
        return services;
    }

    /// <summary>Has callers come over another connection while it goes: one that is kept open would be closed as they send the next request.</summary>
    public static void UseLeaving(this WebApplication app) => app.Use((context, next) =>
    {
        if (app.Lifetime.ApplicationStopping.IsCancellationRequested && HttpProtocol.IsHttp11(context.Request.Protocol))
            context.Response.Headers.Connection = "close";
        return next(context);
    });

    // The server stops after all that is to be done before.
    private sealed class Farewell(IOptions<ServerOptions> options, TimeProvider time) : IHostedLifecycleService
    {
        public Task StoppingAsync(CancellationToken cancellationToken) => Task.Delay(options.Value.LeaveAfter, time, cancellationToken);

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
