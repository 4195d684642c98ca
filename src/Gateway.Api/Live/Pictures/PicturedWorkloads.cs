namespace Gateway.Api.Live.Pictures;

/// <summary>The workloads of a picture, by uid and by name, and how they change.</summary>
internal sealed class PicturedWorkloads
{
    private readonly Dictionary<string, PicturedWorkload> _byUid = [];
    private readonly Dictionary<string, PicturedWorkload[]> _byName = [];
    private IReadOnlyList<PicturedWorkload>? _all;

    // Nothing is noted where nobody was told of anything.
    private readonly WeakReference<WorkloadChange> _last = new(WorkloadChange.None());

    public int Count => _byUid.Count;

    public IReadOnlyList<PicturedWorkload> All => _all ??= [.. _byUid.Values];

    /// <summary>The change that made them what they are.</summary>
    public WorkloadChange LastChange
    {
        get
        {
            if (!_last.TryGetTarget(out var last))
                _last.SetTarget(last = WorkloadChange.None());
            return last;
        }
    }

    public PicturedWorkload? Find(string uid) => _byUid.GetValueOrDefault(uid);

    /// <summary>None, one, or one of each type.</summary>
    public IReadOnlyList<PicturedWorkload> Named(string name) => Bearers(name);

    public void Put(PicturedWorkload workload)
    {
        var before = Take(workload.Uid);
        _byUid[workload.Uid] = workload;
        _byName[workload.Name] = [.. Bearers(workload.Name), workload];
        Note(before, workload);
    }

    public void Remove(string uid)
    {
        if (Take(uid) is { } before)
            Note(before, null);
    }

    private PicturedWorkload? Take(string uid)
    {
        if (!_byUid.Remove(uid, out var workload))
            return null;
        var left = Bearers(workload.Name).Where(one => one != workload).ToArray();
        if (left.Length == 0)
            _byName.Remove(workload.Name);
        else
            _byName[workload.Name] = left;
        return workload;
    }

    private void Note(PicturedWorkload? before, PicturedWorkload? after)
    {
        _all = null;
        if (_last.TryGetTarget(out var last))
            _last.SetTarget(last.Then(before, after));
    }

    private PicturedWorkload[] Bearers(string name) => _byName.GetValueOrDefault(name) ?? [];
}
