using Serilog.Core;
using Serilog.Events;

namespace Gateway.Api.Errors;

/// <summary>Answers that have begun, and are not to be taken for whole.</summary>
internal static class BrokenAnswers
{
    // Whoever reads has so long for the last that was written.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly object Key = new();

    /// <summary>Has the answer break off after all that was written, once nothing more is done for the request.</summary>
    public static void BreakOff(this HttpContext context) => context.Items[Key] = true;

    /// <summary>
    /// Breaks answers off, outside of whatever logs a failure. Over HTTP/1.1 an exception has the server send all that was written, and
    /// close the connection without the answer's end. Elsewhere only <see cref="HttpContext.Abort"/> tells a broken answer from a
    /// whole one, and it throws away what has not been read.
    /// </summary>
    public static void UseBreaking(this WebApplication app)
    {
        var time = app.Services.GetRequiredService<TimeProvider>();
        app.Use(async (context, next) =>
        {
            await next(context);
            if (!context.Items.ContainsKey(Key))
                return;
            if (HttpProtocol.IsHttp11(context.Request.Protocol))
                throw new BrokenOffException();
            await Task.Delay(Pause, time, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            context.Abort();
        });
    }

    /// <summary>Leaves out the server's word on an answer that was broken off on purpose.</summary>
    internal sealed class Silence : ILogEventFilter
    {
        public bool IsEnabled(LogEvent logEvent) => logEvent.Exception is not BrokenOffException;
    }

    private sealed class BrokenOffException() : Exception("The answer was broken off.");
}
