using System.Buffers;
using System.Text;
using Gateway.Api.Streams;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Api.Live.Streams;

/// <summary>
/// An answer of server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html. Each is sent at once, and none is
/// kept: who writes waits for the reader.
/// </summary>
internal sealed class EventStream(HttpContext context, StreamBody body)
{
    public const string MediaType = "text/event-stream";

    /// <summary>Sends the headers.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        context.Response.ContentType = MediaType;
        context.Response.Headers.CacheControl = "no-store";
        // Proxies that hold answers back until they are complete: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await context.Response.StartAsync(cancellationToken);
        await body.FlushAsync(cancellationToken);
    }

    /// <summary>Sends an event; the data is one line.</summary>
    public async Task SendAsync(string name, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        Encoding.UTF8.GetBytes($"event: {name}\ndata: ", body.Writer);
        await body.WriteAsync(data, cancellationToken);
        body.Writer.Write("\n\n"u8);
        await body.FlushAsync(cancellationToken);
    }

    /// <summary>Sends a line that means nothing, so that nobody on the way takes the connection for dead.</summary>
    public Task BeatAsync(CancellationToken cancellationToken)
    {
        body.Writer.Write(":\n\n"u8);
        return body.FlushAsync(cancellationToken);
    }
}
