namespace Gateway.Api.Live.Pictures;

/// <summary>The workloads of a picture, by uid and by name.</summary>
internal sealed class PicturedWorkloads
{
    private readonly Dictionary<string, PicturedWorkload> _byUid = [];
    private readonly Dictionary<string, PicturedWorkload[]> _byName = [];
    private IReadOnlyList<PicturedWorkload>? _all;

    public IReadOnlyList<PicturedWorkload> All => _all ??= [.. _byUid.Values];

    public PicturedWorkload? Find(string uid) => _byUid.GetValueOrDefault(uid);

    /// <summary>None, one, or one of each type.</summary>
    public IReadOnlyList<PicturedWorkload> Named(string name) => Bearers(name);

    public void Put(PicturedWorkload workload)
    {
        Remove(workload.Uid);
        _byUid[workload.Uid] = workload;
        _byName[workload.Name] = [.. Bearers(workload.Name), workload];
        _all = null;
    }

    public void Remove(string uid)
    {
        if (!_byUid.Remove(uid, out var workload))
            return;
        var left = Bearers(workload.Name).Where(one => one != workload).ToArray();
        if (left.Length == 0)
            _byName.Remove(workload.Name);
        else
            _byName[workload.Name] = left;
        _all = null;
    }

    private PicturedWorkload[] Bearers(string name) => _byName.GetValueOrDefault(name) ?? [];
}
