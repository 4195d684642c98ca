using System.IO.Compression;
using System.Text;

namespace Gateway.Api.Live.Pictures;

/// <summary>JSON in as few bytes as can be had quickly: https://www.rfc-editor.org/rfc/rfc1951</summary>
/// <remarks>Measured on a Job of 1,828 bytes: 823 in 55 µs, and back in 18; Brotli of quality 4 took 96 µs for 835, of quality 2 41 µs for 889.</remarks>
internal static class PackedJson
{
    public static byte[] Pack(string json)
    {
        using var packed = new MemoryStream(json.Length / 2);
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(Encoding.UTF8.GetBytes(json));
        return packed.ToArray();
    }

    public static Stream Open(byte[] packed) => new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
}
