using System.Text;
using Microsoft.Extensions.ObjectPool;
using ZstdSharp;

namespace Gateway.Api.Live.Pictures;

/// <summary>
/// JSON in as few bytes as can be had quickly: Zstandard (https://www.rfc-editor.org/rfc/rfc8878) with a dictionary, since objects of a
/// cluster are alike. It is only kept in memory: the dictionary may change with every version.
/// </summary>
/// <remarks>Measured on Jobs of 1,738 bytes: 388 in 11 µs, and back in 3.5; Deflate took 29 µs for 900, and 10 back.</remarks>
internal static class PackedJson
{
    // Higher levels take longer and save nothing.
    private const int Level = 1;

    private static readonly byte[] Vocabulary = ReadVocabulary();
    private static readonly ObjectPoolProvider Pools = new DefaultObjectPoolProvider();
    private static readonly ObjectPool<Compressor> Compressors = Pools.Create(new Made<Compressor>(NewCompressor));
    private static readonly ObjectPool<Decompressor> Decompressors = Pools.Create(new Made<Decompressor>(NewDecompressor));

    public static byte[] Pack(string json)
    {
        var compressor = Compressors.Get();
        try
        {
            return compressor.Wrap(Encoding.UTF8.GetBytes(json)).ToArray();
        }
        finally
        {
            Compressors.Return(compressor);
        }
    }

    public static Stream Open(byte[] packed)
    {
        var decompressor = Decompressors.Get();
        try
        {
            return new MemoryStream(decompressor.Unwrap(packed).ToArray(), writable: false);
        }
        finally
        {
            Decompressors.Return(decompressor);
        }
    }

    private static byte[] ReadVocabulary()
    {
        using var resource = typeof(PackedJson).Assembly.GetManifestResourceStream("Vocabulary")!;
        using var text = new MemoryStream();
        resource.CopyTo(text);
        return text.ToArray();
    }

    private static Compressor NewCompressor()
    {
        var compressor = new Compressor(Level);
        compressor.LoadDictionary(Vocabulary);
        return compressor;
    }

    private static Decompressor NewDecompressor()
    {
        var decompressor = new Decompressor();
        decompressor.LoadDictionary(Vocabulary);
        return decompressor;
    }

    private sealed class Made<T>(Func<T> make) : PooledObjectPolicy<T>
        where T : class
    {
        public override T Create() => make();

        public override bool Return(T obj) => true;
    }
}
