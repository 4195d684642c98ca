using System.Text.Json.Nodes;

namespace Gateway.Embedded.Api.Patching;

/// <summary>JSON merge patch (RFC 7386).</summary>
internal static class MergePatch
{
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes) return patch?.DeepClone();
        var result = target as JsonObject ?? [];
        foreach (var (key, value) in changes)
            if (value is null) result.Remove(key);
            else result[key] = Apply(Detach(result, key), value);
        return result;
    }

    private static JsonNode? Detach(JsonObject parent, string key)
    {
        var child = parent[key];
        parent.Remove(key);
        return child;
    }
}
