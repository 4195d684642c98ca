using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Schema;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Api.Patching;

/// <summary>The three ways of patching that the cluster knows; server-side apply is not one of them.</summary>
internal static class Patch
{
    /// <summary>Reads a patch: what it makes of an object.</summary>
    public static Func<JsonObject, JsonObject> Read(ResourceType type, string mediaType, byte[] body)
    {
        var custom = type.Custom && mediaType == "application/strategic-merge-patch+json";
        return mediaType switch
        {
            _ when custom => throw Unsupported(),
            "application/json-patch+json" => Operations(body),
            "application/merge-patch+json" => Merge(body, MergePatch.Apply),
            "application/strategic-merge-patch+json" => Merge(body, (current, patch) => StrategicMergePatch.Apply(current, patch, TypeSchema.Find(type.Kind)!)),
            _ => throw Unsupported(),
        };
    }

    private static Refusal Unsupported() => Refusal.UnsupportedMediaType("415: Unsupported Media Type");

    private static Func<JsonObject, JsonObject> Operations(byte[] body)
    {
        var operations = Parse(body) as JsonArray ?? throw Refusal.BadRequest("json: cannot unmarshal object into Go value of type jsonpatch.Patch");
        return current => JsonPatch.Apply(current, operations) as JsonObject ?? throw JsonPatch.Rejected();
    }

    private static Func<JsonObject, JsonObject> Merge(byte[] body, Func<JsonObject, JsonObject, JsonNode?> apply)
    {
        var patch = Parse(body) as JsonObject ?? throw Refusal.BadRequest("json: cannot unmarshal array into Go value of type map[string]interface {}");
        return current => (JsonObject)apply(current, patch)!;
    }

    private static JsonNode? Parse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            throw Refusal.BadRequest($"error decoding patch: {GoJson.Describe(e, body)}");
        }
    }
}
