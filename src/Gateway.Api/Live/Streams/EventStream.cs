using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Api.Live.Streams;

/// <summary>
/// An answer of server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html. Each is sent at once, and none is
/// kept: who writes waits for the reader, and a reader that takes nothing is left.
/// </summary>
internal sealed class EventStream(HttpContext context, TimeProvider time)
{
    public const string MediaType = "text/event-stream";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Sends the headers.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        context.Response.ContentType = MediaType;
        context.Response.Headers.CacheControl = "no-store";
        // Proxies that hold answers back until they are complete: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await context.Response.StartAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    /// <summary>Sends an event; the data is one line.</summary>
    public async Task SendAsync(string name, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        var body = context.Response.BodyWriter;
        Encoding.UTF8.GetBytes($"event: {name}\ndata: ", body);
        body.Write(data.Span);
        body.Write("\n\n"u8);
        await FlushAsync(cancellationToken);
    }

    /// <summary>Sends a line that means nothing, so that nobody on the way takes the connection for dead.</summary>
    public Task BeatAsync(CancellationToken cancellationToken)
    {
        context.Response.BodyWriter.Write(":\n\n"u8);
        return FlushAsync(cancellationToken);
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        var flushed = context.Response.BodyWriter.FlushAsync(cancellationToken);
        if (flushed.IsCompletedSuccessfully)
            return;
        try
        {
            await flushed.AsTask().WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            context.Abort();
            throw new OperationCanceledException("The reader takes nothing.");
        }
    }
}
