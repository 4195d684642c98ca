using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Api.Reading;

/// <summary>A field selector: names and namespaces for every kind, and what a kind offers beside.</summary>
internal sealed record FieldSelector(IReadOnlyList<(string Field, bool Equal, string Value)> Terms)
{
    private static readonly Dictionary<ResourceType, string[]> Offered = new()
    {
        [ResourceTypes.Pods] = ["spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork", "status.phase", "status.podIP", "status.nominatedNodeName"],
        [ResourceTypes.Jobs] = ["status.successful"],
        [ResourceTypes.Namespaces] = ["status.phase"],
        [ResourceTypes.Nodes] = ["spec.unschedulable"],
        [ResourceTypes.Secrets] = ["type"],
        [ResourceTypes.Events] =
        [
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion",
            "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type",
        ],
    };

    public bool IsEmpty => Terms.Count == 0;

    /// <summary>Reads a selector; a name in the path of a watch is a term like any other.</summary>
    public static FieldSelector Parse(ResourceType type, string text, string? name)
    {
        var terms = text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(ParseOne).ToList();
        foreach (var (field, _, _) in terms)
            if (field is not ("metadata.name" or "metadata.namespace") && !Offered.GetValueOrDefault(type, []).Contains(field))
                throw Refusal.BadRequest($"field label \"{field}\" not supported for {type.Kind}");
        if (name is not null) terms.Add(("metadata.name", true, name));
        return new FieldSelector(terms);
    }

    public bool Matches(StoredObject item)
    {
        JsonObject? content = null;
        return Terms.All(term => term.Equal == (Value(item, term.Field, ref content) == term.Value));
    }

    private static string Value(StoredObject item, string field, ref JsonObject? content) => field switch
    {
        "metadata.name" => item.Name,
        "metadata.namespace" => item.Namespace,
        _ => Lookup(content ??= item.ToJson(), field == "status.successful" ? "status.succeeded" : field),
    };

    private static string Lookup(JsonNode? content, string field)
    {
        foreach (var key in field.Split('.')) content = (content as JsonObject)?[key];
        return content?.ToString() ?? (field == "status.succeeded" ? "0" : "");
    }

    private static (string Field, bool Equal, string Value) ParseOne(string term)
    {
        var at = term.IndexOf('=');
        if (at <= 0) throw Refusal.BadRequest($"invalid selector: '{term}'; can't understand '{term}'");
        var equal = term[at - 1] != '!';
        return (term[..(equal ? at : at - 1)], equal, term[(at + 1)..].TrimStart('='));
    }
}
