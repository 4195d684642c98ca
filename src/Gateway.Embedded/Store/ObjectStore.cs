using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Gateway.Embedded.Store;

/// <summary>Every object of the cluster, in memory: one writer at a time, readers never wait.</summary>
internal sealed class ObjectStore
{
    /// <summary>A cluster has always lived a little, so that version 1 is history that is gone.</summary>
    private const long FirstVersion = 1000;

    private readonly Lock gate = new();
    private readonly Dictionary<ResourceType, Shelf> shelves;
    private readonly ConcurrentDictionary<string, StoredObject> byUid = new();
    private readonly ConcurrentDictionary<string, ImmutableHashSet<string>> dependents = new();
    private long version = FirstVersion;

    public ObjectStore(int history = 10_000) =>
        shelves = ResourceTypes.Table.Where(type => type.Stored).ToDictionary(type => type, _ => new Shelf(history));

    /// <summary>Raised in order, while the store is locked: a listener notes what it has to do and returns.</summary>
    public event Action<Change>? Changed;

    /// <summary>The version of the latest change.</summary>
    public long Version => Volatile.Read(ref version);

    public StoredObject? Find(ResourceType type, string? space, string name) =>
        shelves[type].Objects.TryGetValue(Key(type, space, name), out var found) ? found : null;

    public StoredObject? FindByUid(string uid) => byUid.GetValueOrDefault(uid);

    /// <summary>The objects of a type, in one namespace or, without one, in all.</summary>
    public Listing List(ResourceType type, string? space = null)
    {
        lock (gate) return new Listing(shelves[type].Objects, version, space);
    }

    /// <summary>The objects that name a uid among their owners.</summary>
    public IEnumerable<StoredObject> Dependents(string uid) =>
        dependents.TryGetValue(uid, out var uids) ? uids.Select(FindByUid).OfType<StoredObject>() : [];

    public ChangeLog Changes(ResourceType type) => shelves[type].Changes;

    /// <summary>Adds an object; null where its name is taken.</summary>
    public StoredObject? Add(ResourceType type, JsonObject content)
    {
        lock (gate)
        {
            var added = StoredObject.From(type, content, version + 1);
            if (shelves[type].Objects.Contains(added)) return null;
            Commit(null, added, removed: false);
            return added;
        }
    }

    /// <summary>
    /// Changes an object; again, where another writer came first. Nothing is written where <paramref name="change"/> returns null or the same content,
    /// and the object is removed where nothing holds it any longer. Null where there is no such object.
    /// </summary>
    public StoredObject? Update(ResourceType type, string? space, string name, Func<JsonObject, JsonObject?> change)
    {
        while (Find(type, space, name) is { } current)
        {
            var content = change(current.ToJson());
            if (content is null || IsSame(current, content)) return current;
            if (Replace(current, content) is { } written) return written;
        }
        return null;
    }

    /// <summary>Removes an object if this is still how it stands.</summary>
    public StoredObject? Remove(StoredObject current)
    {
        lock (gate) return IsCurrent(current) ? Commit(current, StoredObject.From(current.Type, current.ToJson(), version + 1), removed: true) : null;
    }

    private StoredObject? Replace(StoredObject current, JsonObject content)
    {
        lock (gate)
        {
            return IsCurrent(current)
                ? Commit(current, StoredObject.From(current.Type, content, version + 1), removed: Lifetime.IsOver(content))
                : null;
        }
    }

    private bool IsCurrent(StoredObject current) => shelves[current.Type].Objects.TryGetValue(current, out var held) && ReferenceEquals(held, current);

    private static bool IsSame(StoredObject current, JsonObject content)
    {
        if (Lifetime.IsOver(content)) return false;
        content.Metadata()["resourceVersion"] = current.Version.ToString();
        var written = content.ToUtf8().AsSpan();
        return written.SequenceEqual(current.Json.Span) || (written.Length == current.Json.Length && Json.Same(content, current.ToJson()));
    }

    private StoredObject Commit(StoredObject? before, StoredObject after, bool removed)
    {
        var shelf = shelves[after.Type];
        if (before is not null) shelf.Objects = shelf.Objects.Remove(before);
        if (!removed) shelf.Objects = shelf.Objects.Add(after);
        Index(before, after, removed);
        var change = new Change(after.Version, before, after, removed);
        shelf.Changes.Append(change);
        Volatile.Write(ref version, after.Version);
        Changed?.Invoke(change);
        return after;
    }

    private void Index(StoredObject? before, StoredObject after, bool removed)
    {
        if (removed) byUid.TryRemove(after.Uid, out _);
        else byUid[after.Uid] = after;
        foreach (var owner in before?.Owners.Except(removed ? [] : after.Owners) ?? [])
            if (dependents.AddOrUpdate(owner, [], (_, uids) => uids.Remove(after.Uid)).IsEmpty) dependents.TryRemove(owner, out _);
        foreach (var owner in removed ? [] : after.Owners.Except(before?.Owners ?? []))
            dependents.AddOrUpdate(owner, [after.Uid], (_, uids) => uids.Add(after.Uid));
    }

    private static StoredObject Key(ResourceType type, string? space, string name) =>
        new() { Type = type, Namespace = space ?? "", Name = name };

    private sealed class Shelf(int history)
    {
        public ImmutableSortedSet<StoredObject> Objects { get; set; } = ImmutableSortedSet.Create<StoredObject>(ByName.Order);
        public ChangeLog Changes { get; } = new(history, FirstVersion);
    }
}
