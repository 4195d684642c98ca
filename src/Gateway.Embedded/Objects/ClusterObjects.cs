using System.Text.Json.Nodes;
using Gateway.Embedded.Admission;
using Gateway.Embedded.Clockwork;
using Gateway.Embedded.Kinds;
using Gateway.Embedded.Quotas;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Objects;

/// <summary>
/// The cluster's objects under the rules of Kubernetes: what the API does on a caller's behalf and what controllers do on their own goes through here.
/// A request that is refused throws <see cref="Refusal"/>.
/// </summary>
internal sealed class ClusterObjects(ObjectStore store, TimeProvider time)
{
    private const int GenerateNameAttempts = 8;
    private readonly QuotaAdmission quotas = new(store);
    private readonly Deletion deletion = new(store, time);

    public ObjectStore Store => store;

    /// <summary>What the cluster has yet to do by itself.</summary>
    public Activity Activity { get; } = new();

    /// <summary>The clock of the cluster.</summary>
    public TimeProvider Time => time;

    /// <summary>The time as objects carry it.</summary>
    public string Now => Time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ");

    public StoredObject Get(ResourceType type, string? space, string name) =>
        store.Find(type, space, name) ?? throw Refusal.NotFound(type, name);

    /// <summary>Creates an object: defaults, rules, limit ranges, quotas, then the store.</summary>
    public StoredObject Create(ResourceType type, string? space, JsonObject content, bool dryRun = false)
    {
        NamespaceLifecycle.Check(store, type, space, content);
        if (type == ResourceTypes.Pods) PodAdmission.Review(store, space!, content);
        if (content.Metadata().Text("name") is { Length: > 0 } || content.Metadata().Text("generateName") is not { Length: > 0 } prefix)
            return CreateNamed(type, space, content, dryRun) ?? throw NameTaken(type, space, content);
        for (var attempt = 0; attempt < GenerateNameAttempts; attempt++)
        {
            var copy = content.DeepClone().AsObject();
            copy.Metadata()["name"] = Names.Generate(prefix);
            if (CreateNamed(type, space, copy, dryRun) is { } created) return created;
        }
        throw NameTaken(type, space, content);
    }

    /// <summary>Changes an object as a caller may: identity, server-written metadata and, where there is a status subresource, the status stay as they are.</summary>
    public StoredObject Update(ResourceType type, string? space, string name, Func<JsonObject, JsonObject> change, bool dryRun = false) =>
        Write(type, space, name, change, Part.Main, dryRun);

    /// <summary>Changes an object's status and leaves its specification as it is.</summary>
    public StoredObject UpdateStatus(ResourceType type, string? space, string name, Func<JsonObject, JsonObject> change, bool dryRun = false) =>
        Write(type, space, name, change, Part.Status, dryRun);

    /// <summary>Deletes an object, or marks it where something must happen first. The answer's <see cref="StoredObject.Deleting"/> is false once it is gone.</summary>
    public Deleted Delete(ResourceType type, string? space, string name, DeleteOptions options) =>
        deletion.Delete(type, space, name, options);

    private StoredObject? CreateNamed(ResourceType type, string? space, JsonObject content, bool dryRun)
    {
        ObjectMeta.BeginLife(type, space, content, Now);
        var rules = RulesByKind.Of(type);
        rules.Defaults(content);
        rules.BeforeCreate(content);
        FieldErrors.Check(type, content, errors =>
        {
            MetadataRules.Validate(type, content.Metadata(), errors);
            rules.Validate(content, errors);
        });
        LimitRanger.Check(store, type, space, content);
        return quotas.Admit(type, space, content, () => dryRun ? Rehearse(type, space, content) : store.Add(type, content));
    }

    private StoredObject? Rehearse(ResourceType type, string? space, JsonObject content) =>
        store.Find(type, space, content.Metadata().Text("name")!) is null ? StoredObject.From(type, content, 0) : null;

    private Refusal NameTaken(ResourceType type, string? space, JsonObject content)
    {
        var name = content.Metadata().Text("name") ?? content.Metadata().Text("generateName") ?? "";
        return store.Find(type, space, name) is { Deleting: true } ? Refusal.BeingDeleted(type, name) : Refusal.AlreadyExists(type, name);
    }

    private StoredObject Write(ResourceType type, string? space, string name, Func<JsonObject, JsonObject> change, Part part, bool dryRun)
    {
        if (!dryRun) return store.Update(type, space, name, current => Next(type, current, change, part)) ?? throw Refusal.NotFound(type, name);
        var standing = Get(type, space, name);
        return StoredObject.From(type, Next(type, standing.ToJson(), change, part), standing.Version);
    }

    private static JsonObject Next(ResourceType type, JsonObject current, Func<JsonObject, JsonObject> change, Part part)
    {
        var next = change(current.DeepClone().AsObject());
        var rules = RulesByKind.Of(type);
        ObjectMeta.CarryOver(type, current, next, part);
        rules.Defaults(next);
        rules.BeforeUpdate(next, current);
        FieldErrors.Check(type, current, errors =>
        {
            MetadataRules.ValidateUpdate(type, next.Metadata(), current.Metadata(), errors);
            if (part == Part.Main) rules.ValidateUpdate(next, current, errors);
        });
        ObjectMeta.CountGeneration(type, current, next);
        return next;
    }
}

/// <summary>Which part of an object a write is for.</summary>
internal enum Part
{
    Main,
    Status,
}
