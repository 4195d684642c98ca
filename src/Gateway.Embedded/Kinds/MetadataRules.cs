using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kinds;

/// <summary>What holds for the metadata of every object.</summary>
internal static class MetadataRules
{
    public static void Validate(ResourceType type, JsonObject metadata, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(metadata.Text("name"))) errors.Required("metadata.name", "name or generateName is required");
        _ = type;
    }
}
