using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Gateway.Embedded.Schema;

/// <summary>How single values are read.</summary>
internal static class Scalars
{
    public static JsonNode? Read(string type, JsonElement value, Place place) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String ? value.GetString() : throw place.Wrong(value, type),
        "bool" => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw place.Wrong(value, type),
        "int32" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? (long)number : throw place.Wrong(value, type),
        "int64" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : throw place.Wrong(value, type),
        "float64" => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : throw place.Wrong(value, type),
        "quantity" => ReadQuantity(value),
        "intorstring" => ReadIntOrString(value, place),
        "bytes" => ReadBytes(value, place),
        "time" => ReadTime(value, place),
        "any" => JsonNode.Parse(value.GetRawText()),
        _ => null,
    };

    private static JsonValue ReadQuantity(JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return JsonValue.Create(Quantity.Parse(text).ToString());
    }

    private static JsonValue ReadIntOrString(JsonElement value, Place place) => value.ValueKind switch
    {
        JsonValueKind.String => JsonValue.Create(value.GetString()!),
        JsonValueKind.Number when value.TryGetInt32(out var number) => JsonValue.Create((long)number),
        _ => throw place.Wrong(value, "int32"),
    };

    private static JsonValue ReadBytes(JsonElement value, Place place)
    {
        if (value.ValueKind != JsonValueKind.String) throw place.Wrong(value, "[]uint8");
        return value.TryGetBytesFromBase64(out _) ? JsonValue.Create(value.GetString()!) : throw new DecodeException("illegal base64 data at input byte 0");
    }

    private static JsonValue ReadTime(JsonElement value, Place place)
    {
        if (value.ValueKind != JsonValueKind.String) throw place.Wrong(value, "string");
        var text = value.GetString()!;
        if (!text.Contains('T') || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            throw new DecodeException($"parsing time \"{text}\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"{text}\" as \"2006\"");
        var utc = time.UtcDateTime;
        return JsonValue.Create(utc.ToString(text.Contains('.') ? "yyyy-MM-ddTHH:mm:ss.ffffffZ" : "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
    }
}

/// <summary>Where a value stands, as messages name it.</summary>
internal sealed partial record Place(string Owner, string Path)
{
    public Place At(string step) => this with { Path = Path + step };

    public DecodeException Wrong(JsonElement value, string type) =>
        new($"json: cannot unmarshal {Describe(value)} into Go struct field {Owner}.{Indexes().Replace(Path, "")} of type {type}");

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "bool",
        JsonValueKind.Number => value.TryGetInt64(out _) && value.TryGetInt32(out _) ? "number" : $"number {value.GetRawText()}",
        _ => value.ValueKind.ToString().ToLowerInvariant(),
    };

    [GeneratedRegex(@"\[[0-9]+\]")]
    private static partial Regex Indexes();
}

/// <summary>A value that its field cannot hold.</summary>
internal sealed class DecodeException(string message) : Exception(message);
