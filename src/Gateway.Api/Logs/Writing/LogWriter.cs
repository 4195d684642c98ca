using System.IO.Pipelines;
using System.Text;
using Gateway.Api.Errors;
using Gateway.Api.Streams;
using Gateway.Core.Logs;

namespace Gateway.Api.Logs.Writing;

/// <summary>Writes a log as the caller wants it, piece by piece.</summary>
internal abstract class LogWriter(HttpContext context, StreamBody body, bool times) : ILogSink
{
    public const string PlainText = "text/plain";
    public const string EventStream = Live.Streams.EventStream.MediaType;

    /// <summary>Whether the answer has begun, so that nothing can be refused any more.</summary>
    public bool HasStarted { get; private set; }

    protected PipeWriter Out => body.Writer;

    protected HttpContext Context => context;

    /// <summary>Whether a line has begun and not ended.</summary>
    protected bool WithinLine { get; private set; }

    protected abstract string ContentType { get; }

    public static LogWriter For(HttpContext context, StreamBody body, string mediaType, bool times) =>
        mediaType == EventStream ? new EventLog(context, body, times) : new TextLog(context, body, times);

    /// <summary>Sends the headers, however long the first line takes.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (HasStarted)
            return;
        HasStarted = true;
        context.Response.ContentType = ContentType;
        // https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_buffering
        context.Response.Headers["X-Accel-Buffering"] = "no";
        await context.Response.StartAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    /// <summary>Sends what was written, and waits for a reader that is slow.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => body.FlushAsync(cancellationToken);

    /// <summary>Says whose log it is.</summary>
    public virtual void From(LogSource source)
    {
    }

    /// <summary>Shows that the stream is alive.</summary>
    public virtual Task BeatAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Says that nothing more comes.</summary>
    public abstract Task EndAsync(CancellationToken cancellationToken);

    /// <summary>Says why nothing more comes although there is more.</summary>
    public abstract Task FailAsync(Problem problem, CancellationToken cancellationToken);

    public void Start(ReadOnlySpan<byte> time)
    {
        BreakLine();
        WithinLine = true;
        BeginLine();
        if (!times || time.IsEmpty)
            return;
        Text(time);
        Text(" "u8);
    }

    public abstract void Text(ReadOnlySpan<byte> bytes);

    public void Finish(LogMark? mark)
    {
        WithinLine = false;
        EndLine(mark);
    }

    public abstract void Gap();

    protected abstract void BeginLine();

    protected abstract void EndLine(LogMark? mark);

    /// <summary>Ends a line whose end never came.</summary>
    protected void BreakLine()
    {
        if (WithinLine)
            Finish(null);
    }

    protected void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Out.GetSpan(Math.Max(1, bytes.Length)));
        Out.Advance(bytes.Length);
    }

    protected void Write(string text) => Encoding.UTF8.GetBytes(text, Out);
}
