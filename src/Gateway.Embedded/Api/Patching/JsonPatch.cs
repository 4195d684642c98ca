using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Api.Patching;

/// <summary>JSON patch (RFC 6902).</summary>
internal static class JsonPatch
{
    public static JsonNode? Apply(JsonNode? target, JsonArray operations) => operations.Aggregate(target, Apply);

    public static Refusal Rejected() => new(422, "Invalid", "the server rejected our request due to an error in our request", []);

    private static JsonNode? Apply(JsonNode? target, JsonNode? step)
    {
        if (step is not JsonObject operation || operation.Text("path") is not { } path) throw Rejected();
        var value = operation["value"]?.DeepClone();
        return operation.Text("op") switch
        {
            "add" => Add(target, path, value),
            "remove" => Remove(target, path),
            "replace" => Add(Remove(target, path), path, value),
            "move" => Move(target, operation.Text("from") ?? throw Rejected(), path),
            "copy" => Add(target, path, Get(target, operation.Text("from") ?? throw Rejected())?.DeepClone()),
            "test" => Json.Same(Find(target, path), value) ? target : throw Rejected(),
            _ => throw Rejected(),
        };
    }

    private static JsonNode? Move(JsonNode? target, string from, string path)
    {
        var moved = Get(target, from)?.DeepClone();
        return Add(Remove(target, from), path, moved);
    }

    private static JsonNode? Add(JsonNode? target, string path, JsonNode? value)
    {
        if (path == "") return value;
        var (parent, key) = Parent(target, path);
        if (parent is JsonObject map) map[key] = value;
        else if (parent is JsonArray list) list.Insert(key == "-" ? list.Count : Index(key, list.Count), value);
        else throw Rejected();
        return target;
    }

    private static JsonNode? Remove(JsonNode? target, string path)
    {
        if (path == "") return null;
        var (parent, key) = Parent(target, path);
        if (parent is JsonArray list) list.RemoveAt(Index(key, list.Count - 1));
        else if (parent is not JsonObject map || !map.Remove(key)) throw Rejected();
        return target;
    }

    /// <summary>The value at a path, which must be there.</summary>
    private static JsonNode? Get(JsonNode? target, string path)
    {
        if (path == "") return target;
        var (parent, key) = Parent(target, path);
        return parent switch
        {
            JsonObject map when map.ContainsKey(key) => map[key],
            JsonArray list => list[Index(key, list.Count - 1)],
            _ => throw Rejected(),
        };
    }

    /// <summary>The value at a path, or null: to test for null is to test for absence.</summary>
    private static JsonNode? Find(JsonNode? target, string path)
    {
        if (path == "") return target;
        var (parent, key) = Parent(target, path);
        return parent is JsonArray list ? list[Index(key, list.Count - 1)] : (parent as JsonObject)?[key];
    }

    private static (JsonNode? Parent, string Key) Parent(JsonNode? target, string path)
    {
        var keys = path.Split('/').Select(key => key.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToArray();
        if (keys[0] != "") throw Rejected();
        foreach (var key in keys[1..^1])
            target = target switch
            {
                JsonObject map => map[key],
                JsonArray list => list[Index(key, list.Count - 1)],
                _ => throw Rejected(),
            };
        return (target, keys[^1]);
    }

    private static int Index(string key, int last) => int.TryParse(key, out var index) && index >= 0 && index <= last ? index : throw Rejected();
}
