using System.Text.Json.Nodes;
using Gateway.Embedded.Store;
using Microsoft.Net.Http.Headers;

namespace Gateway.Embedded.Api.Tables;

/// <summary>Objects as a table, for those who ask for one: kubectl get does.</summary>
internal static class ObjectTable
{
    public static bool IsWanted(HttpContext http) =>
        MediaTypeHeaderValue.TryParseList(http.Request.Headers.Accept, out var types)
        && types.FirstOrDefault(type => type.MediaType == "application/json")?.Parameters.Any(parameter => parameter.Name == "as" && parameter.Value == "Table") == true;

    public static JsonObject Of(ResourceType type, IEnumerable<StoredObject> items, JsonObject metadata, DateTimeOffset now)
    {
        var columns = Columns.Of(type);
        return new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = "meta.k8s.io/v1",
            ["metadata"] = metadata,
            ["columnDefinitions"] = new JsonArray([.. columns.Select(Definition)]),
            ["rows"] = new JsonArray([.. items.Select(item => Row(item.ToJson(), columns, now))]),
        };
    }

    private static JsonObject Definition(Column column) => new JsonObject
    {
        ["name"] = column.Name,
        ["type"] = "string",
        ["format"] = column.Name == "Name" ? "name" : "",
        ["description"] = "",
        ["priority"] = column.Wide ? 1 : 0,
    };

    private static JsonObject Row(JsonObject item, IReadOnlyList<Column> columns, DateTimeOffset now) => new JsonObject
    {
        ["cells"] = new JsonArray([.. columns.Select(column => (JsonNode)column.Cell(item, now))]),
        ["object"] = new JsonObject { ["kind"] = "PartialObjectMetadata", ["apiVersion"] = "meta.k8s.io/v1", ["metadata"] = item.Metadata().DeepClone() },
    };
}
