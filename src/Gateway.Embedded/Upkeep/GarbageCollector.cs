using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Gateway.Embedded.Clockwork;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Upkeep;

/// <summary>Removes what nobody owns any longer, and lets owners go once their dependents are dealt with.</summary>
internal sealed class GarbageCollector
{
    private readonly ClusterObjects objects;
    private readonly WorkQueue<Change> changes;
    private readonly Alarms<Change> later;
    private readonly ConcurrentDictionary<string, bool> unseen = new();

    public GarbageCollector(ClusterObjects objects)
    {
        this.objects = objects;
        changes = new(objects.Activity);
        later = new(objects.Time, See);
        objects.Store.Changed += Note;
    }

    // A real collector sees a deletion through a watch of its own: until then the object can be read with its finalizer.
    private static readonly TimeSpan Notice = TimeSpan.FromMilliseconds(100);

    /// <summary>Works until it is told to stop.</summary>
    public Task RunAsync(CancellationToken stopping) => changes.RunAsync(Handle, stopping);

    private void Note(Change change)
    {
        if (change is { Removed: false, Before.Deleting: false, After.Deleting: true } && unseen.TryAdd(change.After.Uid, true)) later.Set(change, Notice);
        else if (change.Removed || change.After.Deleting || change.After.Owners.Length > 0) changes.Add(change);
    }

    private void See(Change deletion)
    {
        unseen.TryRemove(deletion.After.Uid, out _);
        changes.Add(deletion);
    }

    private void Handle(Change change)
    {
        if (change.Removed) Release(change.After);
        else if (change.After.Deleting) Attend(change.After.Uid);
        foreach (var owner in change.After.Owners)
        {
            if (objects.Store.FindByUid(owner) is { Deleting: true }) Attend(owner);
            else if (!change.Removed && objects.Store.FindByUid(owner) is null) Disown(change.After.Uid, owner);
        }
    }

    private void Release(StoredObject gone)
    {
        foreach (var dependent in objects.Store.Dependents(gone.Uid)) Disown(dependent.Uid, gone.Uid);
    }

    /// <summary>The dependent's owner is gone: so is the dependent, unless it has another.</summary>
    private void Disown(string uid, string owner)
    {
        if (objects.Store.FindByUid(uid) is not { Deleting: false } dependent || !dependent.Owners.Contains(owner)) return;
        if (dependent.Owners.Any(other => other != owner && objects.Store.FindByUid(other) is not null)) RemoveOwner(dependent, owner);
        else Delete(dependent, "Background");
    }

    /// <summary>An owner that waits for its dependents: they are deleted or set free, and once none holds it, it may go.</summary>
    private void Attend(string uid)
    {
        if (unseen.ContainsKey(uid) || objects.Store.FindByUid(uid) is not { Deleting: true } owner) return;
        var finalizers = owner.ToJson().Metadata().Texts("finalizers").ToArray();
        if (finalizers.Contains(Deletion.Orphan)) SetFree(owner);
        else if (finalizers.Contains(Deletion.Foreground)) DeleteDependents(owner);
    }

    private void SetFree(StoredObject owner)
    {
        foreach (var dependent in objects.Store.Dependents(owner.Uid)) RemoveOwner(dependent, owner.Uid);
        RemoveFinalizer(owner, Deletion.Orphan);
    }

    private void DeleteDependents(StoredObject owner)
    {
        foreach (var dependent in objects.Store.Dependents(owner.Uid).Where(dependent => !dependent.Deleting).ToArray())
            Delete(dependent, objects.Store.Dependents(dependent.Uid).Any() ? "Foreground" : "Background");
        if (!objects.Store.Dependents(owner.Uid).Any(dependent => Blocks(dependent, owner.Uid))) RemoveFinalizer(owner, Deletion.Foreground);
    }

    private static bool Blocks(StoredObject dependent, string owner) =>
        dependent.ToJson().Metadata().Owners().Any(reference => reference.Text("uid") == owner && reference.Flag("blockOwnerDeletion") == true);

    private void Delete(StoredObject item, string policy)
    {
        try
        {
            objects.Delete(item.Type, item.Namespace, item.Name, new DeleteOptions { PropagationPolicy = policy, Uid = item.Uid });
        }
        catch (Refusal)
        {
            // It has gone by itself, or its name stands for another object by now.
        }
    }

    private void RemoveOwner(StoredObject item, string owner) => Without(item, "ownerReferences", reference => (reference as JsonObject)?.Text("uid") == owner);

    private void RemoveFinalizer(StoredObject item, string finalizer) => Without(item, "finalizers", entry => entry?.ToString() == finalizer);

    private void Without(StoredObject item, string list, Func<JsonNode?, bool> unwanted) =>
        objects.Store.Update(item.Type, item.Namespace, item.Name, content =>
        {
            var metadata = content.Metadata();
            if (metadata.Text("uid") != item.Uid || metadata[list] is not JsonArray entries) return null;
            metadata.SetList(list, entries.Where(entry => !unwanted(entry)));
            return content;
        });
}
