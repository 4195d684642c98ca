using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Api.Bodies;

/// <summary>The body of a request, read as a whole into rented memory, of which there is never more than twice what has arrived.</summary>
internal sealed class RequestBody : IRequestBodyPipeFeature, IDisposable
{
    private const int FirstBytes = 16 * 1024;

    private readonly List<IDisposable> _reserved = [];
    private readonly Func<int, IDisposable> _reserve;
    private byte[] _rented = [];
    private int _length;

    private RequestBody(Func<int, IDisposable> reserve) => _reserve = reserve;

    public ReadOnlyMemory<byte> Bytes => _rented.AsMemory(0, _length);

    public PipeReader Reader => field ??= PipeReader.Create(new ReadOnlySequence<byte>(Bytes));

    /// <summary>Reads it. Memory is reserved before it is rented.</summary>
    public static async Task<RequestBody> ReadAsync(HttpRequest request, Func<int, IDisposable> reserve, CancellationToken cancellationToken)
    {
        var body = new RequestBody(reserve);
        try
        {
            await body.ReadAsync(request.Body, request.ContentLength, cancellationToken);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_rented);
        _reserved.ForEach(reserved => reserved.Dispose());
    }

    private async Task ReadAsync(Stream stream, long? length, CancellationToken cancellationToken)
    {
        while (_length != length)
        {
            if (_length == _rented.Length)
                Grow(_length == 0 ? (int)Math.Min(length ?? FirstBytes, FirstBytes) : 2 * _length);
            var read = await stream.ReadAsync(_rented.AsMemory(_length), cancellationToken);
            if (read == 0)
                return;
            _length += read;
        }
    }

    private void Grow(int size)
    {
        _reserved.Add(_reserve(size - _rented.Length));
        var larger = ArrayPool<byte>.Shared.Rent(size);
        Bytes.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_rented);
        _rented = larger;
    }
}
