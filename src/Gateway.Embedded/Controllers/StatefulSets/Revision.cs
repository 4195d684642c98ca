using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Controllers.StatefulSets;

/// <summary>The versions of a StatefulSet's template, each kept as an object of its own.</summary>
internal static class Revision
{
    public const string Label = "controller-revision-hash";

    public static string? Of(PodView pod) => pod.Label(Label);

    /// <summary>The name of the template as it stands; kept if it is new.</summary>
    public static string Keep(ClusterObjects objects, StoredObject set, JsonObject template)
    {
        var kept = objects.Store.Dependents(set.Uid).Where(item => item.Type == ResourceTypes.ControllerRevisions).ToArray();
        return kept.FirstOrDefault(item => Json.Same(item.ToJson().Child("data").Child("spec")["template"], template))?.Name ?? Write(objects, set, template, kept.Length + 1);
    }

    private static string Write(ClusterObjects objects, StoredObject set, JsonObject template, int number)
    {
        var hash = Fingerprint.Of32(template.ToUtf8());
        var labels = template.Metadata()["labels"]?.DeepClone().AsObject() ?? [];
        labels[Label] = hash;
        var name = $"{set.Name}-{hash}";
        var metadata = new JsonObject { ["name"] = name, ["labels"] = labels, ["ownerReferences"] = new JsonArray(PodTemplate.Reference(set)) };
        var data = new JsonObject { ["spec"] = new JsonObject { ["template"] = template.DeepClone() } };
        objects.Create(ResourceTypes.ControllerRevisions, set.Namespace, new JsonObject { ["metadata"] = metadata, ["data"] = data, ["revision"] = number });
        return name;
    }
}
