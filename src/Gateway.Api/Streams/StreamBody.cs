using System.Buffers;
using System.IO.Pipelines;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Streams;

/// <summary>
/// The body of an answer that may take long. Who writes waits for the reader, so that the server holds its buffer of what is not read
/// (`MaxResponseBufferSize`, 64 KB a connection) and no more; a reader that takes nothing for too long is cut off.
/// </summary>
internal sealed class StreamBody(HttpContext context, TimeSpan stallTimeout, TimeProvider time)
{
    /// <summary>As much is written at most before it is flushed.</summary>
    public const int Piece = 16 * 1024;

    public PipeWriter Writer => context.Response.BodyWriter;

    /// <summary>Whether its reader was cut off.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>The body of the answer to a request.</summary>
    public static StreamBody Of(HttpContext context)
    {
        var services = context.RequestServices;
        return new(context, services.GetRequiredService<IOptions<StreamOptions>>().Value.StallTimeout, services.GetRequiredService<TimeProvider>());
    }

    /// <summary>Writes something, however large, and sends all but its end.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        for (; bytes.Length > Piece; bytes = bytes[Piece..])
        {
            Writer.Write(bytes.Span[..Piece]);
            await FlushAsync(cancellationToken);
        }
        Writer.Write(bytes.Span);
    }

    /// <summary>Sends what was written, and waits for a reader that is slow.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var flushed = Writer.FlushAsync(cancellationToken);
        if (flushed.IsCompletedSuccessfully)
            return;
        try
        {
            // Not by Kestrel's MinResponseDataRate alone: no test can drive its clock.
            await flushed.AsTask().WaitAsync(stallTimeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            IsCutOff = true;
            context.Abort();
            throw new OperationCanceledException("The reader takes nothing.");
        }
    }
}
