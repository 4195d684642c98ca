using System.Text.Json.Nodes;
using Gateway.Embedded.Kinds;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Objects;

/// <summary>How objects are deleted: at once, or marked until their grace is over and their finalizers are done.</summary>
internal sealed class Deletion(ObjectStore store, TimeProvider time)
{
    public const string Foreground = "foregroundDeletion";
    public const string Orphan = "orphan";

    /// <summary>An object that leaves at once leaves as it stood; a pod always bears the mark of its deletion.</summary>
    public Deleted Delete(ResourceType type, string? space, string name, DeleteOptions options)
    {
        while (store.Find(type, space, name) is { } current)
        {
            Check(current, options);
            var content = current.ToJson();
            Mark(current, content, options);
            var gone = Lifetime.IsOver(content);
            if (options.DryRun) return new Deleted(StoredObject.From(type, content, current.Version), gone);
            var marks = !gone || type == ResourceTypes.Pods;
            if ((marks ? Commit(current, content) : store.Remove(current)) is { } left) return new Deleted(left, gone);
        }
        throw Refusal.NotFound(type, name);
    }

    /// <summary>Null where somebody else wrote first.</summary>
    private StoredObject? Commit(StoredObject current, JsonObject content)
    {
        var mine = false;
        var written = store.Update(current.Type, current.Namespace, current.Name, standing =>
        {
            mine = standing.Metadata().Text("resourceVersion") == current.Version.ToString();
            return mine ? content : null;
        });
        return mine ? written : null;
    }

    private static void Check(StoredObject current, DeleteOptions options)
    {
        if (options.Uid is { } uid && uid != current.Uid) throw Refusal.OtherUid(current.Type, current.Name, uid, current.Uid);
        if (options.ResourceVersion is { } version && version != current.Version.ToString())
            throw Refusal.OtherVersion(current.Type, current.Name, version, current.Version.ToString());
    }

    private void Mark(StoredObject current, JsonObject content, DeleteOptions options)
    {
        var metadata = content.Metadata();
        var now = time.GetUtcNow();
        var grace = RulesByKind.Of(current.Type).GraceSeconds(content, options.GracePeriodSeconds);
        if (current.Type == ResourceTypes.Namespaces) content.Child("status")["phase"] = "Terminating";
        if (!current.Deleting)
        {
            ObjectMeta.Mark(metadata, now.AddSeconds(grace), current.Type == ResourceTypes.Namespaces ? null : grace);
            if (current.Type.HasGeneration) metadata["generation"] = (metadata.Number("generation") ?? 0) + 1;
        }
        else if (grace < (metadata.Number("deletionGracePeriodSeconds") ?? 0)) ObjectMeta.Mark(metadata, now.AddSeconds(grace), grace);
        SetPolicy(metadata, options.PropagationPolicy ?? DefaultPolicy(current.Type, metadata));
    }

    /// <summary>A policy asked for before is not taken back by asking without one.</summary>
    private static string? DefaultPolicy(ResourceType type, JsonObject metadata) =>
        metadata.Texts("finalizers").Any(finalizer => finalizer is Foreground or Orphan) ? null : type.OrphansByDefault ? "Orphan" : "Background";

    private static void SetPolicy(JsonObject metadata, string? policy)
    {
        if (policy is null) return;
        var finalizers = metadata.Texts("finalizers").Where(finalizer => finalizer is not (Foreground or Orphan)).ToList();
        if (policy == "Foreground") finalizers.Add(Foreground);
        if (policy == "Orphan") finalizers.Add(Orphan);
        metadata.SetList("finalizers", finalizers.Select(finalizer => (JsonNode)finalizer));
    }
}
