using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Core.Listing;
using Gateway.Core.Workloads;

namespace Gateway.Api.Live.Pictures;

/// <summary>Something as it is sent, and a hash of that.</summary>
internal sealed record WorkloadText(ReadOnlyMemory<byte> Json, UInt128 Tag)
{
    /// <summary>What is sent of a body.</summary>
    public static WorkloadText Of(object body) => Of((ReadOnlyMemory<byte>)JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), WorkloadJson.Options));

    /// <summary>What is sent of a page of workloads: a <see cref="WorkloadPage"/> of what is written already.</summary>
    public static WorkloadText Of(ListedPage<PicturedWorkload> page, string project, string basePath)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, new() { Encoder = WorkloadJson.Options.Encoder }))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("items"u8);
            foreach (var item in page.Items)
                writer.WriteRawValue(item.Text(project, basePath).Json.Span, skipInputValidation: true);
            writer.WriteEndArray();
            if (page.Continue is not null)
                writer.WriteString("continue"u8, page.Continue);
            writer.WriteNumber("total"u8, page.Total);
            writer.WriteEndObject();
        }
        return Of(json.WrittenMemory);
    }

    private static WorkloadText Of(ReadOnlyMemory<byte> json) => new(json, BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(json.Span)));
}

/// <summary>Keeps the texts that were written last: those of workloads that are read again and again need not be written each time.</summary>
internal static class RecentTexts
{
    private const int Most = 2048;

    // Few are: with those the most that is kept would be 2 GB, without 32 MB.
    private const int Largest = 16 * 1024;

    private static readonly object?[] Kept = new object?[Most];
    private static int _next;

    public static void Keep(object text, int bytes)
    {
        if (bytes <= Largest)
            Kept[(uint)Interlocked.Increment(ref _next) % Most] = text;
    }
}
