using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Controllers;

/// <summary>Makes pods from the template of their owner.</summary>
internal static class PodTemplate
{
    /// <summary>A pod as the owner's template describes it, belonging to the owner.</summary>
    public static JsonObject ToPod(JsonObject template, StoredObject owner)
    {
        var pod = template.DeepClone().AsObject();
        var metadata = pod.Metadata();
        metadata["generateName"] = $"{owner.Name}-";
        metadata["ownerReferences"] = new JsonArray(Reference(owner));
        return pod;
    }

    /// <summary>How an object names the one that controls it.</summary>
    public static JsonObject Reference(StoredObject owner) => new()
    {
        ["apiVersion"] = owner.Type.ApiVersion,
        ["kind"] = owner.Type.Kind,
        ["name"] = owner.Name,
        ["uid"] = owner.Uid,
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    };
}
