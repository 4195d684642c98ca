using Gateway.Core.Status;

namespace Gateway.Api.Live.Pictures;

/// <summary>The objects of a picture, by uid and by what they belong to.</summary>
internal sealed class Parts
{
    private readonly Dictionary<string, Part> _byUid = [];
    private readonly Dictionary<string, List<Part>> _about = [];

    public Part? Find(string uid) => _byUid.GetValueOrDefault(uid);

    public IEnumerable<Part> OfKind(Type kind) => _byUid.Values.Where(part => part.Kind == kind);

    /// <summary>The uid of the workload that it is part of: an event may be a pod's.</summary>
    public string OwnerOf(Part part) => part.IsOwner ? part.Uid : Find(part.About) is { IsOwner: false } pod ? pod.About : part.About;

    /// <summary>A workload, then all its parts.</summary>
    public Part[] Of(Part owner)
    {
        var direct = About(owner.Uid);
        return [owner, .. direct, .. direct.SelectMany(part => About(part.Uid))];
    }

    public void Put(Part part)
    {
        if (Find(part.Uid) is { } before)
            Remove(before);
        _byUid[part.Uid] = part;
        if (part.IsOwner)
            return;
        if (!_about.TryGetValue(part.About, out var siblings))
            _about[part.About] = siblings = new(1);
        siblings.Add(part);
    }

    public void Remove(Part part)
    {
        _byUid.Remove(part.Uid);
        if (_about.TryGetValue(part.About, out var siblings) && siblings.RemoveAll(one => one.Uid == part.Uid) > 0 && siblings.Count == 0)
            _about.Remove(part.About);
    }

    /// <summary>Takes an object out, and with it the events about it: they stay in the cluster for an hour, and nothing shows them any more.</summary>
    public IReadOnlyList<Part> RemoveWithEvents(Part part)
    {
        Part[] gone = [part, .. About(part.Uid).Where(about => about.Kind == typeof(ObservedEvent))];
        foreach (var one in gone)
            Remove(one);
        return gone;
    }

    private List<Part> About(string uid) => _about.GetValueOrDefault(uid) ?? [];
}
