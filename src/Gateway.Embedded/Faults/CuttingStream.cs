namespace Gateway.Embedded.Faults;

/// <summary>Lets so many bytes through, then breaks the connection.</summary>
internal sealed class CuttingStream(Stream inner, int bytes) : Stream
{
    private int left = bytes;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var through = buffer[..Math.Min(left, buffer.Length)];
        left -= through.Length;
        await inner.WriteAsync(through, cancellationToken);
        if (through.Length == buffer.Length) return;
        await inner.FlushAsync(cancellationToken);
        // The server ends the connection after what was written; aborting it here could overtake that.
        throw new IOException("The connection was cut.");
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
