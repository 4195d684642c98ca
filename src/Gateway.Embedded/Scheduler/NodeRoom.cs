namespace Gateway.Embedded.Scheduler;

/// <summary>What is taken of a node's GPUs, and by whom.</summary>
internal sealed class NodeRoom(EmbeddedNode node)
{
    private readonly decimal[] taken = new decimal[node.Gpus];
    private readonly Dictionary<string, Dictionary<int, decimal>> holders = [];

    public string Name => node.Name;

    /// <summary>Whether the node is out of touch: nothing new goes there.</summary>
    public bool Lost { get; set; }

    public IReadOnlyDictionary<string, string> Labels { get; } = NodeObject.Labels(node);

    /// <summary>Whether the demand could ever be met here.</summary>
    public bool CouldHold(PodDemand demand) =>
        demand.WholeGpus + demand.SharedGpus <= node.Gpus && demand.ShareOf(node.GpuMemoryMiB) <= 1;

    /// <summary>Gives a pod what it needs; false where there is no room.</summary>
    public bool Take(string uid, PodDemand demand)
    {
        var share = demand.ShareOf(node.GpuMemoryMiB);
        var whole = FreeGpus().Take(demand.WholeGpus).ToArray();
        var shared = demand.SharedGpus == 0 ? [] : SharedGpus(share).Except(whole).Take(demand.SharedGpus).ToArray();
        if (whole.Length < demand.WholeGpus || shared.Length < demand.SharedGpus) return false;
        holders[uid] = whole.Select(gpu => (gpu, 1m)).Concat(shared.Select(gpu => (gpu, share))).ToDictionary();
        foreach (var (gpu, part) in holders[uid]) taken[gpu] += part;
        return true;
    }

    /// <summary>Takes back what a pod held; false where it held nothing.</summary>
    public bool Release(string uid)
    {
        if (!holders.Remove(uid, out var held)) return false;
        foreach (var (gpu, part) in held) taken[gpu] -= part;
        return true;
    }

    private IEnumerable<int> FreeGpus() => Enumerable.Range(0, node.Gpus).Where(gpu => taken[gpu] == 0);

    /// <summary>GPUs with room for a share; the fullest come first, so that whole GPUs stay whole.</summary>
    private IEnumerable<int> SharedGpus(decimal share) =>
        Enumerable.Range(0, node.Gpus).Where(gpu => taken[gpu] + share <= 1).OrderByDescending(gpu => taken[gpu]);
}
