using System.Text.Json.Nodes;

namespace Gateway.Embedded.Store;

/// <summary>One version of one object: its JSON without kind and apiVersion, and the few fields that are looked up.</summary>
internal sealed class StoredObject
{
    public required ResourceType Type { get; init; }
    public required string Namespace { get; init; }
    public required string Name { get; init; }
    public string Uid { get; private init; } = "";
    public long Version { get; private init; }
    public KeyValuePair<string, string>[] Labels { get; private init; } = [];
    public string[] Owners { get; private init; } = [];
    public bool Deleting { get; private init; }
    public ReadOnlyMemory<byte> Json { get; private init; }

    /// <summary>A copy of the object that the caller may change.</summary>
    public JsonObject ToJson() => JsonNode.Parse(Json.Span)!.AsObject();

    /// <summary>What stands in the store once <paramref name="content"/> is committed as <paramref name="version"/>; version 0 never is.</summary>
    public static StoredObject From(ResourceType type, JsonObject content, long version)
    {
        var metadata = content.Metadata();
        if (version > 0) metadata["resourceVersion"] = version.ToString();
        else metadata.Remove("resourceVersion");
        return new StoredObject
        {
            Type = type,
            Namespace = metadata.Text("namespace") ?? "",
            Name = metadata.Text("name")!,
            Uid = metadata.Text("uid") ?? "",
            Version = version,
            Labels = LabelsOf(metadata),
            Owners = [.. metadata.Owners().Select(owner => owner.Text("uid") ?? "").Distinct()],
            Deleting = metadata.ContainsKey("deletionTimestamp"),
            Json = content.ToUtf8(),
        };
    }

    private static KeyValuePair<string, string>[] LabelsOf(JsonObject metadata) => metadata["labels"] is not JsonObject labels
        ? []
        : [.. labels.Select(label => KeyValuePair.Create(string.Intern(label.Key), label.Value?.ToString() ?? ""))];
}

/// <summary>The order of a list: by namespace, then by name, as bytes compare.</summary>
internal sealed class ByName : IComparer<StoredObject>
{
    public static readonly ByName Order = new();

    public int Compare(StoredObject? x, StoredObject? y)
    {
        var byNamespace = string.CompareOrdinal(x!.Namespace, y!.Namespace);
        return byNamespace != 0 ? byNamespace : string.CompareOrdinal(x.Name, y.Name);
    }
}
