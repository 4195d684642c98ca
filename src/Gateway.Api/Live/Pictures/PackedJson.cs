using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace Gateway.Api.Live.Pictures;

/// <summary>JSON in as few bytes as can be had quickly: https://www.rfc-editor.org/rfc/rfc7932</summary>
internal static class PackedJson
{
    // Little is gained by more: the texts are short, and much of them is in the format's own dictionary.
    private const int Quality = 4;
    private const int Window = 16;

    public static byte[] Pack(string json)
    {
        var plain = Encoding.UTF8.GetBytes(json);
        var room = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(plain.Length));
        try
        {
            return BrotliEncoder.TryCompress(plain, room, out var length, Quality, Window) ? room[..length] : throw new InvalidOperationException("The room was too small.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    public static Stream Open(byte[] packed) => new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
}
