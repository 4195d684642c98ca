using Gateway.Core.Scheduling;
using k8s;
using k8s.Models;

namespace Gateway.Api.Live.Pictures;

/// <summary>
/// What the cluster showed last of one project: its workloads with their pods, events and pod groups. Several tell it what they
/// see, many read it, all at once. It asks nobody, and has no clock.
/// </summary>
internal sealed class Picture(SchedulerDialect dialect)
{
    private readonly Lock _lock = new();
    private readonly Parts _parts = new();
    private readonly SharedLabels _labels = new();
    private readonly HashSet<string> _stale = [];
    private readonly HashSet<string> _gone = [];
    private readonly Dictionary<Type, (long Version, DateTimeOffset At)> _heard = [];
    private readonly Dictionary<string, PicturedWorkload> _workloads = [];
    private IReadOnlyList<PicturedWorkload> _shown = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Grows with every change.</summary>
    public long Version { get; private set; }

    /// <summary>Whether nobody tells it anything any more.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The workloads as they are now; one that has not changed is the same object as before.</summary>
    public IReadOnlyList<PicturedWorkload> Workloads
    {
        get
        {
            lock (_lock)
                return Read();
        }
    }

    /// <summary>The workload of a uid as it is now; null where there is none.</summary>
    public PicturedWorkload? Find(string uid)
    {
        lock (_lock)
        {
            Read();
            return _workloads.GetValueOrDefault(uid);
        }
    }

    /// <summary>The time at which the cluster was last heard of, of the kind of which that is longest ago.</summary>
    public DateTimeOffset HeardAt
    {
        get
        {
            lock (_lock)
                return _heard.Count == 0 ? DateTimeOffset.MinValue : _heard.Values.Min(heard => heard.At);
        }
    }

    /// <summary>All objects of one kind, as a list of that version has them.</summary>
    public void Replace<T>(IEnumerable<T> all, long version, DateTimeOffset at)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        // Read before the lock is taken: there may be many.
        var kept = all.Select(one => Part.Of(one, dialect.SchedulerName)).OfType<Part>().ToDictionary(part => part.Uid);
        lock (_lock)
        {
            // What came into being after the list stays.
            foreach (var missing in _parts.OfKind(typeof(T)).Where(part => !kept.ContainsKey(part.Uid) && part.Version <= version).ToList())
                Take(missing);
            _gone.RemoveWhere(uid => !kept.ContainsKey(uid));
            foreach (var part in kept.Values)
                Put(part);
            Heard(typeof(T), version, at);
        }
    }

    /// <summary>An object as a watch tells of it.</summary>
    public void Put<T>(T seen, DateTimeOffset at)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        var version = Part.VersionOf(seen.Metadata.ResourceVersion);
        var part = Part.Of(seen, dialect.SchedulerName);
        lock (_lock)
        {
            if (part is not null)
                Put(part);
            else if (_parts.Find(seen.Metadata.Uid) is { } before)
                Take(before);
            Heard(typeof(T), version, at);
        }
    }

    /// <summary>An object that a watch saw go.</summary>
    public void Remove<T>(T seen, DateTimeOffset at)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        lock (_lock)
        {
            _gone.Remove(seen.Metadata.Uid);
            if (_parts.Find(seen.Metadata.Uid) is { } before)
                Take(before);
            Heard(typeof(T), Part.VersionOf(seen.Metadata.ResourceVersion), at);
        }
    }

    /// <summary>The watch of a kind has told all up to that version.</summary>
    public void Hear<T>(long version, DateTimeOffset at)
    {
        lock (_lock)
            Heard(typeof(T), version, at);
    }

    /// <summary>An object as a write of our own left it, when its watch has not told of that yet.</summary>
    public void Saw(IKubernetesObject<V1ObjectMeta> written)
    {
        var part = Part.Of(Copy(written), dialect.SchedulerName);
        lock (_lock)
        {
            if (part?.Version > _heard.GetValueOrDefault(part?.Kind ?? typeof(object)).Version)
                Put(part!);
        }
    }

    /// <summary>An object that is known to be gone, before its watch tells.</summary>
    public void SawGo(string uid)
    {
        lock (_lock)
        {
            if (_parts.Find(uid) is not { } before)
                return;
            _gone.Add(uid);
            Take(before);
        }
    }

    /// <summary>Nobody tells it anything any more: whoever waits for a change is let go.</summary>
    public void End()
    {
        lock (_lock)
        {
            HasEnded = true;
            Change();
        }
    }

    /// <summary>Ends when the picture is newer than that version, or nobody tells it anything any more.</summary>
    public Task NextAsync(long version, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Version > version || HasEnded ? Task.CompletedTask : _changed.Task.WaitAsync(cancellationToken);
    }

    private void Heard(Type kind, long version, DateTimeOffset at) => _heard[kind] = (Math.Max(version, _heard.GetValueOrDefault(kind).Version), at);

    private void Put(Part part)
    {
        if (_gone.Contains(part.Uid) || _parts.Find(part.Uid)?.Version >= part.Version)
            return;
        _parts.Put(part);
        Touch(part);
    }

    private void Take(Part part)
    {
        Touch(part);
        _parts.Remove(part);
    }

    private void Touch(Part part)
    {
        _stale.Add(_parts.OwnerOf(part));
        Change();
    }

    private void Change()
    {
        Version++;
        var waiting = _changed;
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.SetResult();
    }

    private IReadOnlyList<PicturedWorkload> Read() => _stale.Count == 0 ? _shown : _shown = ReadAgain();

    private List<PicturedWorkload> ReadAgain()
    {
        foreach (var uid in _stale)
        {
            if (_parts.Find(uid) is { IsOwner: true } owner)
                _workloads[uid] = new(_parts.Of(owner), dialect, _labels, Version);
            else
                _workloads.Remove(uid);
        }
        _stale.Clear();
        _stale.TrimExcess();
        return [.. _workloads.Values];
    }

    // It is trimmed, and the caller still has to show it.
    private static IKubernetesObject<V1ObjectMeta> Copy(IKubernetesObject<V1ObjectMeta> written) => written is V1Job job
        ? KubernetesJson.Deserialize<V1Job>(KubernetesJson.Serialize(job))
        : KubernetesJson.Deserialize<V1StatefulSet>(KubernetesJson.Serialize(written));
}
