using Gateway.Api.Cluster.Watching;
using Gateway.Core.Scheduling;
using k8s;
using k8s.Models;

namespace Gateway.Api.Live.Pictures;

/// <summary>
/// What the cluster showed last of one project: its workloads with their pods, events and pod groups. Several tell it what they
/// see, many read it, all at once. It asks nobody, and has no clock.
/// </summary>
internal sealed class Picture(SchedulerDialect dialect) : IPicture
{
    private readonly Lock _lock = new();
    private readonly Parts _parts = new();
    private readonly History _history = new();
    private readonly SharedLabels _labels = new();
    private readonly HashSet<string> _stale = [];
    private readonly Dictionary<string, Type> _gone = [];
    private readonly PicturedWorkloads _workloads = new();
    private readonly TakenNames _names = new();
    private readonly Hearing _hearing = new();
    private readonly Changes _changes = new();

    /// <summary>Grows with every change.</summary>
    public long Version => _changes.Version;

    /// <summary>Whether nobody tells it anything any more.</summary>
    public bool HasEnded => _changes.HaveEnded;

    /// <summary>The workloads as they are now; one that has not changed is the same object as before.</summary>
    public IReadOnlyList<PicturedWorkload> Workloads
    {
        get
        {
            lock (_lock)
                return Read().All;
        }
    }

    /// <summary>The workload of a uid as it is now; null where there is none.</summary>
    public PicturedWorkload? Find(string uid)
    {
        lock (_lock)
            return Read().Find(uid);
    }

    /// <summary>The workloads that bear a name now: none, one, or one of each type.</summary>
    public IReadOnlyList<PicturedWorkload> Named(string name)
    {
        lock (_lock)
            return Read().Named(name);
    }

    /// <summary>Whether no Job and no StatefulSet has the name, whoever runs it.</summary>
    public bool IsFree(string name)
    {
        lock (_lock)
            return !_names.Has(name);
    }

    /// <summary>The time at which the cluster was last heard of, of the kind of which that is longest ago.</summary>
    public DateTimeOffset HeardAt => _hearing.At;

    /// <inheritdoc/>
    public void Replace<T>(IEnumerable<T> all, long version, DateTimeOffset at)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        // Read before the lock is taken: there may be many.
        var (kept, others) = (new Dictionary<string, Part>(), new List<IKubernetesObject<V1ObjectMeta>>());
        foreach (var one in all)
        {
            if (Part.Of(one, dialect.SchedulerName) is { } part)
                kept[part.Uid] = part;
            else if (one is V1Job or V1StatefulSet)
                others.Add(one);
        }
        lock (_lock)
        {
            _names.ReplaceOthers(typeof(T), others);
            // What came into being after the list stays.
            foreach (var missing in _parts.OfKind(typeof(T)).Where(part => !kept.ContainsKey(part.Uid) && part.Version <= version).ToList())
                Take(missing);
            foreach (var (uid, _) in _gone.Where(gone => gone.Value == typeof(T) && !kept.ContainsKey(gone.Key)).ToList())
                _gone.Remove(uid);
            foreach (var part in kept.Values)
                Put(part);
            _hearing.Hear(typeof(T), version, at);
        }
    }

    /// <inheritdoc/>
    public void Put<T>(T seen, DateTimeOffset at)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        var version = ResourceVersion.Of(seen.Metadata.ResourceVersion);
        // A write of our own was seen before its watch tells.
        if (Knows(seen.Metadata.Uid, version))
        {
            Hear<T>(version, at);
            return;
        }
        var part = Part.Of(seen, dialect.SchedulerName);
        lock (_lock)
        {
            if (part is not null)
            {
                _names.RemoveOther(part.Uid);
                Put(part);
            }
            else
            {
                if (_parts.Find(seen.Metadata.Uid) is { } before)
                    Take(before);
                _names.AddOther(seen);
            }
            _hearing.Hear(typeof(T), version, at);
        }
    }

    /// <inheritdoc/>
    public void Remove<T>(T seen, DateTimeOffset at)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        lock (_lock)
        {
            _gone.Remove(seen.Metadata.Uid);
            _names.RemoveOther(seen.Metadata.Uid);
            if (_parts.Find(seen.Metadata.Uid) is { } before)
                Take(before);
            _hearing.Hear(typeof(T), ResourceVersion.Of(seen.Metadata.ResourceVersion), at);
        }
    }

    /// <inheritdoc/>
    public void Forget<T>()
        where T : IKubernetesObject<V1ObjectMeta>
    {
        lock (_lock)
        {
            foreach (var part in _parts.OfKind(typeof(T)).ToList())
                Take(part);
            _hearing.Forget(typeof(T));
        }
    }

    /// <inheritdoc/>
    public void Hear<T>(long version, DateTimeOffset at)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        lock (_lock)
            _hearing.Hear(typeof(T), version, at);
    }

    /// <summary>An object as a write of our own left it, when its watch has not told of that yet.</summary>
    public void Saw(IKubernetesObject<V1ObjectMeta> written)
    {
        if (HasHeard(written) || Part.Of(written, dialect.SchedulerName) is not { } part)
            return;
        lock (_lock)
        {
            // The watch may have told meanwhile, and of its end too.
            if (!HasHeard(written))
                Put(part);
        }
    }

    /// <summary>An object that is known to be gone, before its watch tells.</summary>
    public void SawGo(string uid)
    {
        lock (_lock)
        {
            if (_parts.Find(uid) is not { } before)
                return;
            _gone[uid] = before.Kind;
            Take(before);
        }
    }

    /// <summary>Nobody tells it anything any more: whoever waits for a change is let go.</summary>
    public void End()
    {
        lock (_lock)
            _changes.End();
    }

    /// <summary>Ends when the picture is newer than that version, or nobody tells it anything any more.</summary>
    public Task NextAsync(long version, CancellationToken cancellationToken)
    {
        lock (_lock)
            return _changes.AfterAsync(version, cancellationToken);
    }

    private bool Knows(string uid, long version)
    {
        lock (_lock)
            return _parts.Find(uid)?.Version >= version;
    }

    private bool HasHeard(IKubernetesObject<V1ObjectMeta> written)
    {
        lock (_lock)
            return _hearing.VersionOf(written.GetType()) >= ResourceVersion.Of(written.Metadata.ResourceVersion);
    }

    private void Put(Part part)
    {
        var before = _parts.Find(part.Uid);
        if (_gone.ContainsKey(part.Uid) || before?.Version >= part.Version)
            return;
        if (part.Name is not null && before is null)
            _names.Add(part.Name);
        // A pod that is told to go ends once more, and not by itself.
        if (before is { ShowsAnEnd: true } && !part.ShowsAnEnd)
            _history.Keep(_parts.OwnerOf(before), before);
        _parts.Put(part);
        Touch(part);
    }

    private void Take(Part part)
    {
        Touch(part);
        if (part.Name is not null && _parts.Find(part.Uid) is not null)
            _names.Remove(part.Name);
        var owner = _parts.OwnerOf(part);
        var gone = _parts.RemoveWithEvents(part);
        if (part.IsOwner)
            _history.Remove(owner);
        foreach (var one in _parts.Find(owner) is { IsOwner: true } ? gone : [])
            _history.Keep(owner, one);
    }

    private void Touch(Part part)
    {
        _stale.Add(_parts.OwnerOf(part));
        _changes.Note();
    }

    private PicturedWorkloads Read()
    {
        foreach (var uid in _stale)
        {
            if (_parts.Find(uid) is { IsOwner: true } owner)
                _workloads.Put(new(_parts.Of(owner), _history.Of(uid), dialect, _labels, Version));
            else
                _workloads.Remove(uid);
        }
        _stale.Clear();
        _stale.TrimExcess();
        return _workloads;
    }
}
