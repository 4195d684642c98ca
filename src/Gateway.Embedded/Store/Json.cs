using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Embedded.Store;

/// <summary>How objects are read and written as JSON.</summary>
internal static class Json
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] ToUtf8(this JsonNode node)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Compact)) node.WriteTo(writer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The object's metadata, made when it has none.</summary>
    public static JsonObject Metadata(this JsonObject content) => content.Child("metadata");

    /// <summary>The object under a key, made when there is none.</summary>
    public static JsonObject Child(this JsonObject parent, string key)
    {
        if (parent[key] is not JsonObject child) parent[key] = child = [];
        return child;
    }

    public static string? Text(this JsonObject parent, string key) =>
        parent[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static long? Number(this JsonObject parent, string key) => parent[key] is not JsonValue value ? null
        : value.TryGetValue<long>(out var number) ? number
        : value.TryGetValue<int>(out var small) ? small
        : null;

    public static bool? Flag(this JsonObject parent, string key) =>
        parent[key] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    public static IEnumerable<JsonObject> Items(this JsonObject parent, string key) =>
        parent[key] is JsonArray items ? items.OfType<JsonObject>() : [];

    public static IEnumerable<string> Texts(this JsonObject parent, string key) =>
        parent[key] is JsonArray items ? items.Select(item => item?.ToString() ?? "") : [];

    public static IEnumerable<JsonObject> Owners(this JsonObject metadata) => metadata.Items("ownerReferences");

    /// <summary>Sets a default: an absent or null key gets the value.</summary>
    public static void Default(this JsonObject parent, string key, JsonNode value)
    {
        if (parent[key] is null) parent[key] = value;
    }

    /// <summary>Sets a list, or takes the key away where there is nothing in it.</summary>
    public static void SetList(this JsonObject parent, string key, IEnumerable<JsonNode?> items)
    {
        var all = items.Select(item => item?.DeepClone()).ToArray();
        if (all.Length == 0) parent.Remove(key);
        else parent[key] = new JsonArray(all);
    }

    /// <summary>A map as Kubernetes writes it: by key.</summary>
    public static JsonObject Sorted(this JsonObject map) =>
        new(map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone())));

    /// <summary>Equal as Kubernetes sees it: an absent key and null are the same.</summary>
    public static bool Same(JsonNode? left, JsonNode? right) => JsonNode.DeepEquals(left, right);
}
