namespace Gateway.Api.Observability;

/// <summary>The name of a request, the caller's own or the server's: in the answer, and in every line of the log that is written for it.</summary>
internal static class RequestIds
{
    private const string Header = "X-Request-Id";
    private const int Longest = 128;

    /// <summary>Takes the caller's name for the request when it is 1 to 128 visible ASCII characters, and says it back.</summary>
    public static void UseRequestIds(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(nameof(RequestIds));
        app.Use(async (context, next) =>
        {
            context.Response.OnStarting(static state => Say((HttpContext)state), context);
            using var scope = Given(context.Request) is { } id ? Scope(log, context, id) : null;
            await next(context);
        });
    }

    private static string? Given(HttpRequest request) =>
        request.Headers[Header] is [{ Length: >= 1 and <= Longest } id] && !id.AsSpan().ContainsAnyExceptInRange('!', '~') ? id : null;

    // The server has begun a scope with its own name for the request; this one lies within that, and counts.
    private static IDisposable? Scope(ILogger log, HttpContext context, string id)
    {
        context.TraceIdentifier = id;
        return log.BeginScope(new KeyValuePair<string, object>[] { new("RequestId", id) });
    }

    // As late as possible: the handler of exceptions clears what was set before.
    private static Task Say(HttpContext context)
    {
        context.Response.Headers[Header] = context.TraceIdentifier;
        return Task.CompletedTask;
    }
}
