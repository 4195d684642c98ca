using System.Text;
using System.Text.Json;
using Gateway.Api.Errors;
using Gateway.Api.Streams;
using Gateway.Core.Logs;
using Gateway.Core.Workloads;

namespace Gateway.Api.Logs.Writing;

/// <summary>
/// A log as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): one for each line. What is not
/// UTF-8 becomes U+FFFD, and a carriage return, which would end a line there, a line break of the data.
/// </summary>
internal sealed class EventLog(HttpContext context, StreamBody body, bool times) : LogWriter(context, body, times)
{
    private const int Piece = 1024;

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private string _id = "";
    private bool _returned;

    protected override string ContentType => EventStream;

    public override void From(LogSource source) => _id = $"{source.Pod}/{source.Container}/{source.Run}/";

    // A comment cannot stand within an event.
    public override async Task BeatAsync(CancellationToken cancellationToken)
    {
        if (!HasStarted || WithinLine)
            return;
        Write(":\n\n"u8);
        await FlushAsync(cancellationToken);
    }

    public override void Text(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\r');
            var part = end < 0 ? bytes : bytes[..end];
            if (_returned && (part.Length > 0 || end >= 0))
                Write("\ndata: "u8);
            _returned = end >= 0;
            Decode(part, flush: end >= 0);
            bytes = end < 0 ? [] : bytes[(end + 1)..];
        }
    }

    public override void Gap()
    {
        BreakLine();
        Write("event: gap\ndata: lines may be missing here\n\n"u8);
    }

    public override async Task EndAsync(CancellationToken cancellationToken)
    {
        BreakLine();
        Write("event: end\ndata: the container has ended\n\n"u8);
        await FlushAsync(cancellationToken);
    }

    public override async Task FailAsync(Problem problem, CancellationToken cancellationToken)
    {
        BreakLine();
        Write($"event: error\ndata: {JsonSerializer.Serialize(problem.Document(Context), WorkloadJson.Options)}\n\n");
        await FlushAsync(cancellationToken);
    }

    protected override void BeginLine()
    {
        _returned = false;
        Write("data: "u8);
    }

    // An event without an id leaves the one before in place: whoever comes back gets this line again, whole.
    protected override void EndLine(LogMark? mark)
    {
        Decode([], flush: true);
        Write(mark is { } some ? $"\nid: {_id}{some}\n\n" : "\n\n");
    }

    private void Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        Span<char> chars = stackalloc char[Piece];
        bool completed;
        do
        {
            _decoder.Convert(bytes, chars, flush, out var used, out var count, out completed);
            Encoding.UTF8.GetBytes(chars[..count], Out);
            bytes = bytes[used..];
        }
        while (!completed);
    }
}
