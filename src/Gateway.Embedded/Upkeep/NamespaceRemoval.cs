using Gateway.Embedded.Clockwork;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Upkeep;

/// <summary>Empties namespaces that are being deleted, and lets them go once they are empty.</summary>
internal sealed class NamespaceRemoval
{
    private static readonly ResourceType[] Contents = [.. ResourceTypes.Table.Where(type => type is { Namespaced: true, Stored: true })];
    private readonly ClusterObjects objects;
    private readonly WorkQueue<string> names;

    public NamespaceRemoval(ClusterObjects objects)
    {
        this.objects = objects;
        names = new(objects.Activity);
        objects.Store.Changed += Note;
    }

    /// <summary>Works until it is told to stop.</summary>
    public Task RunAsync(CancellationToken stopping) => names.RunAsync(Continue, stopping);

    private void Note(Change change)
    {
        if (change.After.Type == ResourceTypes.Namespaces)
        {
            if (change is { Removed: false, After.Deleting: true }) names.Add(change.After.Name);
        }
        else if (change is { Removed: true, After.Namespace: { Length: > 0 } space } && objects.Store.Find(ResourceTypes.Namespaces, null, space) is { Deleting: true })
            names.Add(space);
    }

    private void Continue(string name)
    {
        if (objects.Store.Find(ResourceTypes.Namespaces, null, name) is not { Deleting: true }) return;
        foreach (var item in Contents.SelectMany(type => objects.Store.List(type, name).Items).Where(item => !item.Deleting)) Delete(item);
        if (Contents.All(type => objects.Store.List(type, name).Count == 0)) Finish(name);
    }

    private void Delete(StoredObject item)
    {
        try
        {
            objects.Delete(item.Type, item.Namespace, item.Name, DeleteOptions.Background with { Uid = item.Uid });
        }
        catch (Refusal)
        {
            // It has gone by itself.
        }
    }

    private void Finish(string name) => objects.Store.Update(ResourceTypes.Namespaces, null, name, content =>
    {
        content.Child("spec").Remove("finalizers");
        return content;
    });
}
