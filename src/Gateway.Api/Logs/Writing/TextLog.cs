using Gateway.Api.Errors;
using Gateway.Api.Streams;
using Gateway.Core.Logs;

namespace Gateway.Api.Logs.Writing;

/// <summary>A log as it is: the container's own bytes.</summary>
internal sealed class TextLog(HttpContext context, StreamBody body, bool times) : LogWriter(context, body, times)
{
    protected override string ContentType => $"{PlainText}; charset=utf-8";

    public override void Text(ReadOnlySpan<byte> bytes) => Write(bytes);

    public override void Gap()
    {
        BreakLine();
        Write("--- gap: lines may be missing here ---\n"u8);
    }

    public override Task EndAsync(CancellationToken cancellationToken) => FlushAsync(cancellationToken);

    // The answer breaks off, so that nobody takes this for the end of the log.
    public override async Task FailAsync(Problem problem, CancellationToken cancellationToken)
    {
        BreakLine();
        Write($"--- {problem.Type.Code}: {problem.Detail} ---\n");
        await FlushAsync(cancellationToken);
        Context.BreakOff();
    }

    protected override void BeginLine()
    {
    }

    protected override void EndLine(LogMark? mark) => Write("\n"u8);
}
