using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Api.Writing;

/// <summary>Reads the few kinds that kubectl always sends in Kubernetes' binary form: requests for tokens, and questions about rights.</summary>
internal static class Protobuf
{
    public const string MediaType = "application/vnd.kubernetes.protobuf";
    private static readonly byte[] Magic = "k8s\0"u8.ToArray();

    // Field numbers of each message; "*" marks a list, "#" a number, ":" names the message within.
    private static readonly Dictionary<string, string[]> Messages = new()
    {
        ["TypeMeta"] = ["1=apiVersion", "2=kind"],
        ["SelfSubjectAccessReview"] = ["2=spec:AccessSpec"],
        ["SubjectAccessReview"] = ["2=spec:AccessSpec"],
        ["LocalSubjectAccessReview"] = ["2=spec:AccessSpec"],
        ["AccessSpec"] = ["1=resourceAttributes:Resource", "2=nonResourceAttributes:Path", "3=user", "4=groups*", "6=uid"],
        ["Resource"] = ["1=namespace", "2=verb", "3=group", "4=version", "5=resource", "6=subresource", "7=name"],
        ["Path"] = ["1=path", "2=verb"],
        ["SelfSubjectRulesReview"] = ["2=spec:RulesSpec"],
        ["RulesSpec"] = ["1=namespace"],
        ["SelfSubjectReview"] = [],
        ["TokenReview"] = ["2=spec:TokenSpec"],
        ["TokenSpec"] = ["1=token", "2=audiences*"],
        ["TokenRequest"] = ["2=spec:TokenRequestSpec"],
        ["TokenRequestSpec"] = ["1=audiences*", "3=boundObjectRef:BoundObject", "4=expirationSeconds#"],
        ["BoundObject"] = ["1=kind", "2=apiVersion", "3=name", "4=uid"],
    };

    /// <summary>The JSON of a message; null where it is of a kind that is not read.</summary>
    public static byte[]? TryToJson(byte[] body)
    {
        if (!body.AsSpan().StartsWith(Magic)) return null;
        JsonObject type = [];
        ReadOnlyMemory<byte> raw = default;
        foreach (var (number, part, _) in Fields(body.AsMemory(Magic.Length)))
            if (number == 1) type = Read("TypeMeta", part);
            else if (number == 2) raw = part;
        if (type.Text("kind") is not { } kind || !Messages.ContainsKey(kind)) return null;
        var content = Read(kind, raw);
        foreach (var (key, value) in type) content[key] = value?.DeepClone();
        return content.ToUtf8();
    }

    private static JsonObject Read(string message, ReadOnlyMemory<byte> bytes)
    {
        var result = new JsonObject();
        foreach (var (number, part, varint) in Fields(bytes))
        {
            if (Messages[message].FirstOrDefault(field => field.StartsWith($"{number}=", StringComparison.Ordinal)) is not { } known) continue;
            var name = known[(known.IndexOf('=') + 1)..];
            if (name.Split(':') is [var key, var inner]) result[key] = Read(inner, part);
            else if (name.EndsWith('*')) Append(result, name[..^1], Encoding.UTF8.GetString(part.Span));
            else if (name.EndsWith('#')) result[name[..^1]] = (long)varint;
            else if (part.Length > 0) result[name] = Encoding.UTF8.GetString(part.Span);
        }
        return result;
    }

    private static void Append(JsonObject result, string key, string value)
    {
        if (result[key] is not JsonArray list) result[key] = list = [];
        list.Add(value);
    }

    private static IEnumerable<(ulong Number, ReadOnlyMemory<byte> Part, ulong Varint)> Fields(ReadOnlyMemory<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var tag = Varint(bytes, ref at);
            var value = (tag & 7) switch
            {
                1 => Fixed(bytes, ref at, 8),
                5 => Fixed(bytes, ref at, 4),
                _ => Varint(bytes, ref at),
            };
            var length = (tag & 7) == 2 ? (int)Math.Min(value, (ulong)(bytes.Length - at)) : 0;
            yield return (tag >> 3, bytes.Slice(at, length), value);
            at += length;
        }
    }

    private static ulong Varint(ReadOnlyMemory<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; at < bytes.Length && shift < 64; shift += 7)
        {
            var part = bytes.Span[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80) break;
        }
        return value;
    }

    private static ulong Fixed(ReadOnlyMemory<byte> bytes, ref int at, int width)
    {
        Span<byte> padded = stackalloc byte[8];
        bytes.Span.Slice(at, Math.Min(width, bytes.Length - at)).CopyTo(padded);
        at += width;
        return BinaryPrimitives.ReadUInt64LittleEndian(padded);
    }
}
