using System.Globalization;
using Microsoft.AspNetCore.Http.Metadata;
using Serilog;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Compact;
using Serilog.Formatting.Display;

namespace Gateway.Api.Observability;

/// <summary>What is logged, and where: settings under `Serilog` say otherwise.</summary>
internal static class Logging
{
    private const string Readable = "{Timestamp:HH:mm:ss} {Level:u3} {Message:j} {TraceId} {RequestId}{NewLine}{Exception}";

    /// <summary>
    /// One event a request: readable text on a terminal, elsewhere one line of JSON an event. Bodies, tokens and environment values
    /// never come here.
    /// </summary>
    public static void AddLogging(this WebApplicationBuilder builder) =>
        builder.Services.AddSerilog(
            (services, log) =>
            {
                log.MinimumLevel.Information()
                    .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
                    // ProblemHandler says what went wrong; this would say it again.
                    .MinimumLevel.Override("Microsoft.AspNetCore.Diagnostics", LogEventLevel.Fatal)
                    // The start that fails is told on standard error, by Program.
                    .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal)
                    .ReadFrom.Configuration(builder.Configuration)
                    .ReadFrom.Services(services);
                if (!builder.Configuration.GetSection("Serilog:WriteTo").Exists())
                    log.WriteTo.Console(Format(builder.Configuration));
            },
            preserveStaticLogger: true);

    /// <summary>One completion event a request of a caller, and one for each probe that fails, with the path as it came: percent-encoded, so that no line can be forged.</summary>
    public static void UseRequestLogging(this WebApplication app) => app.UseSerilogRequestLogging(options =>
    {
        options.Logger = app.Services.GetRequiredService<Serilog.ILogger>();
        options.GetLevel = (context, _, exception) => LevelOf(context, exception);
        options.MessageTemplate = "{Method} {Path} answered {StatusCode} in {Elapsed:0.0} ms";
        options.GetMessageTemplateProperties = (context, _, elapsed, status) =>
        [
            new("Method", new ScalarValue(context.Request.Method)),
            new("Path", new ScalarValue((context.Request.PathBase + context.Request.Path).ToUriComponent())),
            new("StatusCode", new ScalarValue(status)),
            new("Elapsed", new ScalarValue(elapsed)),
            new("RequestId", new ScalarValue(context.TraceIdentifier)),
        ];
    });

    // Probes and scrapes, a hundred thousand a day, are worth a line when they fail.
    private static LogEventLevel LevelOf(HttpContext context, Exception? exception)
    {
        if (exception is not null || context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            return LogEventLevel.Error;
        }
        return context.GetEndpoint()?.Metadata.GetMetadata<IDisableHttpMetricsMetadata>() is null
            ? LogEventLevel.Information
            : LogEventLevel.Verbose;
    }

    private static ITextFormatter Format(ConfigurationManager configuration) =>
        configuration["KUBERNETES_SERVICE_HOST"] is { Length: > 0 } || Console.IsOutputRedirected
            ? new RenderedCompactJsonFormatter()
            : new MessageTemplateTextFormatter(Readable, CultureInfo.InvariantCulture);
}
