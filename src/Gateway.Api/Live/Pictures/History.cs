namespace Gateway.Api.Live.Pictures;

/// <summary>
/// What is still told of workloads after the cluster has forgotten it: the pod that ended last, and the pods that were stopped in favour
/// of others. It goes with its workload. Guarded by the picture.
/// </summary>
internal sealed class History
{
    // Of a workload that is stopped again and again the latest are told.
    private const int MaxPreemptions = 100;

    private readonly Dictionary<string, Part> _lastEnds = [];
    private readonly Dictionary<string, List<Part>> _preemptions = [];

    /// <summary>What is kept of a workload.</summary>
    public Part[] Of(string owner)
    {
        var (end, stops) = (_lastEnds.GetValueOrDefault(owner), _preemptions.GetValueOrDefault(owner) ?? []);
        return end is null ? [.. stops] : [end, .. stops];
    }

    /// <summary>Keeps an object of a workload that is gone, where it is one of those.</summary>
    public void Keep(string owner, Part gone)
    {
        if (gone.ShowsAnEnd)
            _lastEnds[owner] = gone;
        if (gone.IsPreemption)
            Add(owner, gone);
    }

    /// <summary>A workload is gone.</summary>
    public void Remove(string owner)
    {
        _lastEnds.Remove(owner);
        _preemptions.Remove(owner);
    }

    private void Add(string owner, Part stop)
    {
        if (!_preemptions.TryGetValue(owner, out var stops))
            _preemptions[owner] = stops = new(1);
        if (stops.Count == MaxPreemptions)
            stops.RemoveAt(0);
        stops.Add(stop);
    }
}
