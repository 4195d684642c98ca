using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Objects;

/// <summary>What the server itself writes into metadata, and what it keeps of it when an object changes.</summary>
internal static class ObjectMeta
{
    private static readonly string[] ServerWritten =
        ["name", "generateName", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"];

    /// <summary>Gives a new object its uid, time and generation, and takes what a caller may not set.</summary>
    public static void BeginLife(ResourceType type, string? space, JsonObject content, string now)
    {
        content.Remove("kind");
        content.Remove("apiVersion");
        var given = content.Metadata();
        var metadata = new JsonObject { ["name"] = given.Text("name") ?? "" };
        if (given.Text("generateName") is { Length: > 0 } prefix) metadata["generateName"] = prefix;
        if (type.Namespaced) metadata["namespace"] = space;
        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["resourceVersion"] = "";
        if (type.HasGeneration) metadata["generation"] = 1;
        metadata["creationTimestamp"] = now;
        Take(metadata, given);
        Reorder(content, metadata);
        if (type.HasStatus && !type.Custom) content["status"] = new JsonObject();
        else if (type.HasStatus) content.Remove("status");
    }

    /// <summary>Keeps what a caller may not change; a uid or resource version that was sent must be the current one.</summary>
    public static void CarryOver(ResourceType type, JsonObject current, JsonObject next, Part part)
    {
        next.Remove("kind");
        next.Remove("apiVersion");
        var (given, standing) = (next.Metadata(), current.Metadata());
        CheckPreconditions(type, given, standing);
        var metadata = new JsonObject();
        foreach (var key in ServerWritten)
            if (standing[key] is { } value) metadata[key] = value.DeepClone();
        Take(metadata, given);
        Reorder(next, metadata);
        if (part == Part.Status) Keep(current, next, key => key is not ("status" or "metadata"));
        else if (type.HasStatus) Keep(current, next, key => key == "status");
    }

    /// <summary>The generation counts changes of what was asked for, and the wish to delete.</summary>
    public static void CountGeneration(ResourceType type, JsonObject current, JsonObject next)
    {
        if (!type.HasGeneration || Json.Same(current["spec"], next["spec"])) return;
        next.Metadata()["generation"] = (current.Metadata().Number("generation") ?? 0) + 1;
    }

    /// <summary>Writes the wish to delete; the time stands behind the creation's, as Kubernetes writes it.</summary>
    public static void Mark(JsonObject metadata, DateTimeOffset end, long? grace)
    {
        metadata.Remove("deletionTimestamp");
        metadata.Remove("deletionGracePeriodSeconds");
        var place = metadata.IndexOf("creationTimestamp") + 1;
        metadata.Insert(place, "deletionTimestamp", end.ToString("yyyy-MM-ddTHH:mm:ssZ"));
        if (grace is { } seconds) metadata.Insert(place + 1, "deletionGracePeriodSeconds", seconds);
    }

    private static void CheckPreconditions(ResourceType type, JsonObject given, JsonObject standing)
    {
        var name = standing.Text("name")!;
        if (given.Text("uid") is { Length: > 0 } uid && uid != standing.Text("uid"))
            throw Refusal.OtherUid(type, name, uid, standing.Text("uid")!);
        if (given.Text("resourceVersion") is { Length: > 0 } version && version != standing.Text("resourceVersion"))
            throw Refusal.Modified(type, name);
    }

    private static void Take(JsonObject metadata, JsonObject given)
    {
        foreach (var key in new[] { "labels", "annotations" })
            if (given[key] is JsonObject { Count: > 0 } map) metadata[key] = map.Sorted();
        foreach (var key in new[] { "ownerReferences", "finalizers" })
            if (given[key] is JsonArray { Count: > 0 } items) metadata[key] = items.DeepClone();
    }

    private static void Keep(JsonObject current, JsonObject next, Func<string, bool> kept)
    {
        foreach (var key in next.Select(entry => entry.Key).Where(kept).ToArray()) next.Remove(key);
        foreach (var (key, value) in current.Where(entry => kept(entry.Key))) next[key] = value?.DeepClone();
        Reorder(next, next.Metadata());
    }

    /// <summary>Metadata comes first and status last, as Kubernetes writes them.</summary>
    private static void Reorder(JsonObject content, JsonObject metadata)
    {
        content.Remove("metadata");
        content.Insert(0, "metadata", metadata);
        if (content["status"] is not { } status) return;
        content.Remove("status");
        content["status"] = status;
    }
}
