using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Embedded.Schema;

/// <summary>
/// Reads an object as its schema has it: what the schema does not know is dropped and remarked on, values take their canonical form,
/// what is empty is left out, and a value of the wrong type is a <see cref="DecodeException"/>.
/// </summary>
internal sealed class Decoder
{
    private readonly List<string> remarks = [];

    /// <summary>What was dropped: unknown and duplicate fields, in the order they came.</summary>
    public IReadOnlyList<string> Remarks => remarks;

    public JsonObject Object(TypeSchema schema, JsonElement element, string path = "")
    {
        var values = new JsonNode?[schema.Fields.Count];
        var seen = new HashSet<string>();
        foreach (var property in element.EnumerateObject())
        {
            var (position, at) = (schema.Position(property.Name), path == "" ? property.Name : $"{path}.{property.Name}");
            if (!seen.Add(property.Name)) remarks.Add($"duplicate field \"{at}\"");
            if (position >= 0) values[position] = Field(schema, schema.Fields[position], property.Value, at);
            else remarks.Add($"unknown field \"{at}\"");
        }
        return Gather(schema, values);
    }

    /// <summary>Reads an object whose fields nobody knows: as it comes.</summary>
    public JsonNode? Free(JsonElement element, string path = "")
    {
        if (element.ValueKind == JsonValueKind.Array) return new JsonArray([.. element.EnumerateArray().Select(item => Free(item, path))]);
        if (element.ValueKind != JsonValueKind.Object) return Scalar(element);
        var result = new JsonObject();
        foreach (var property in element.EnumerateObject())
        {
            if (result.ContainsKey(property.Name)) remarks.Add($"duplicate field \"{(path == "" ? "" : path + ".")}{property.Name}\"");
            result[property.Name] = Free(property.Value, path == "" ? property.Name : $"{path}.{property.Name}");
        }
        return result;
    }

    private static JsonObject Gather(TypeSchema schema, JsonNode?[] values)
    {
        var result = new JsonObject();
        for (var position = 0; position < values.Length; position++)
            if (values[position] is { } value) result[schema.Fields[position].Name] = value;
        return result;
    }

    private JsonNode? Field(TypeSchema owner, FieldSchema field, JsonElement value, string path)
    {
        var place = new Place(owner.Name, path);
        var result = Value(field.Type, value, place);
        return result switch
        {
            JsonArray { Count: 0 } => null,
            JsonObject { Count: 0 } when field.Type.Values is not null => null,
            JsonValue scalar when IsLeftOut(field, scalar) => null,
            _ => result,
        };
    }

    private static bool IsLeftOut(FieldSchema field, JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.String => !field.KeepsEmpty && value.GetValue<string>() == "",
        JsonValueKind.False => field.OmitsZero,
        JsonValueKind.Number => field.OmitsZero && value.TryGetValue<long>(out var number) && number == 0,
        _ => false,
    };

    private JsonNode? Value(FieldType type, JsonElement value, Place place)
    {
        if (value.ValueKind == JsonValueKind.Null) return null;
        if (type.Items is { } items) return List(type, items, value, place);
        if (type.Values is { } values) return Map(type, values, value, place);
        if (type.IsScalar) return Scalars.Read(type.Name, value, place);
        if (type.Object is not { } schema) return Free(value, place.Path);
        return value.ValueKind == JsonValueKind.Object ? Object(schema, value, place.Path) : throw place.Wrong(value, type.GoName);
    }

    private JsonArray List(FieldType type, FieldType items, JsonElement value, Place place)
    {
        if (value.ValueKind != JsonValueKind.Array) throw place.Wrong(value, type.GoName);
        return new JsonArray([.. value.EnumerateArray().Select((item, index) => Value(items, item, place.At($"[{index}]")) ?? (items.IsScalar ? "" : new JsonObject()))]);
    }

    private JsonObject Map(FieldType type, FieldType values, JsonElement value, Place place)
    {
        if (value.ValueKind != JsonValueKind.Object) throw place.Wrong(value, type.GoName);
        var entries = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
            entries[property.Name] = Value(values, property.Value, place.At($".{property.Name}")) ?? (values.Name == "string" ? "" : null);
        return new JsonObject(entries);
    }

    private static JsonValue? Scalar(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => JsonValue.Create(element.GetString()),
        JsonValueKind.True => JsonValue.Create(true),
        JsonValueKind.False => JsonValue.Create(false),
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? JsonValue.Create(whole) : JsonValue.Create(double.Parse(element.GetRawText(), CultureInfo.InvariantCulture)),
        _ => null,
    };
}
