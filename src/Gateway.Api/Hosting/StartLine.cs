using Gateway.Api.Cluster;
using Gateway.Api.Cluster.Connection;
using Gateway.Api.Identity;
using Gateway.Api.Observability;
using Gateway.Api.Scheduling;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Hosting;

/// <summary>The one line that says, once it serves, which gateway this is and what it works on.</summary>
internal static partial class StartLine
{
    private const string Embedded = "embedded in this process (nothing runs on real GPUs, and everything is lost when it ends)";

    /// <summary>Has the line written when the server listens.</summary>
    public static void LogStart(this WebApplication app, ClusterMode mode) =>
        app.Lifetime.ApplicationStarted.Register(() => Write(app, mode));

    private static void Write(WebApplication app, ClusterMode mode)
    {
        var services = app.Services;
        var addresses = app.Urls.Select(url => url.Replace("[::]", "*", StringComparison.Ordinal)).ToList();
        var pathBase = services.GetRequiredService<IOptions<ServerOptions>>().Value.PathBase;
        var cluster = services.GetRequiredService<ClusterConnection>().Address;
        LogStarted(
            app.Logger,
            Release.Version,
            string.Join(", ", addresses),
            $"{addresses.FirstOrDefault()}{pathBase}/swagger",
            mode == ClusterMode.Embedded ? $"{cluster} {Embedded}" : $"{cluster} ({mode})",
            Scheduler(services.GetRequiredService<IOptions<SchedulerOptions>>().Value),
            services.GetRequiredService<IOptions<AuthenticationOptions>>().Value.Mode);
    }

    private static string Scheduler(SchedulerOptions options) =>
        $"{options.ToDialect().SchedulerName} (dialect {options.Dialect})";

    [LoggerMessage(
        1,
        LogLevel.Information,
        "Workload gateway {Version} listens on {Addresses}. Swagger UI: {Swagger}. Cluster: {Cluster}. Scheduler: {Scheduler}. Callers: {Authentication}")]
    private static partial void LogStarted(
        ILogger log, string version, string addresses, string swagger, string cluster, string scheduler, AuthenticationModes authentication);
}
