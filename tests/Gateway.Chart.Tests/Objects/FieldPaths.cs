using System.Text.Json.Nodes;

namespace Gateway.Chart.Tests.Objects;

/// <summary>Where there are values in a document; the items of a list are all at the list's own path.</summary>
internal static class FieldPaths
{
    public static IEnumerable<string> Of(JsonNode? node, string path) => node switch
    {
        JsonObject { Count: > 0 } fields => fields.SelectMany(field => Of(field.Value, path == "" ? field.Key : $"{path}.{field.Key}")),
        JsonArray { Count: > 0 } items => items.SelectMany(item => Of(item, path)),
        _ => [path],
    };
}
