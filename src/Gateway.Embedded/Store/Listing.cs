using System.Collections.Immutable;

namespace Gateway.Embedded.Store;

/// <summary>The objects of one type as they stood at a version, in the order of a list.</summary>
internal sealed class Listing(ImmutableSortedSet<StoredObject> all, long version, string? space)
{
    public long Version { get; } = version;

    private readonly int first = space is null ? 0 : Position(all, space, "");
    private readonly int end = space is null ? all.Count : Position(all, space + "\0", "");

    public int Count => end - first;

    /// <summary>Every object.</summary>
    public IEnumerable<StoredObject> Items => From(first);

    /// <summary>The objects that come after a name, which need not exist.</summary>
    public IEnumerable<StoredObject> After(string itemNamespace, string name) =>
        From(Math.Max(first, Position(all, itemNamespace, name + "\0")));

    private IEnumerable<StoredObject> From(int start)
    {
        for (var index = start; index < end; index++) yield return all[index];
    }

    private static int Position(ImmutableSortedSet<StoredObject> all, string space, string name)
    {
        var index = all.IndexOf(new StoredObject { Type = null!, Namespace = space, Name = name });
        return index < 0 ? ~index : index;
    }
}
