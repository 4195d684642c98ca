using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Admission;

/// <summary>Nothing comes into a namespace that is missing or on its way out.</summary>
internal static class NamespaceLifecycle
{
    public static void Check(ObjectStore store, ResourceType type, string? space, JsonObject content)
    {
        if (!type.Namespaced) return;
        var found = store.Find(ResourceTypes.Namespaces, null, space!) ?? throw Refusal.NotFound(ResourceTypes.Namespaces, space!);
        if (!found.Deleting) return;
        throw Refusal.Forbidden(type, content.Metadata().Text("name"), $"unable to create new content in namespace {space} because it is being terminated",
        [
            new JsonObject { ["reason"] = "NamespaceTerminating", ["message"] = $"namespace {space} is being terminated", ["field"] = "metadata.namespace" },
        ]);
    }
}
