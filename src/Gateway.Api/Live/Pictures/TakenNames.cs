using k8s;
using k8s.Models;

namespace Gateway.Api.Live.Pictures;

/// <summary>The names of all Jobs and StatefulSets: of the workloads, and of what another scheduler runs.</summary>
internal sealed class TakenNames
{
    private readonly Dictionary<string, int> _bearers = [];
    private readonly Dictionary<string, (Type Kind, string Name)> _others = [];

    public bool Has(string name) => _bearers.ContainsKey(name);

    public void Add(string name) => _bearers[name] = _bearers.GetValueOrDefault(name) + 1;

    public void Remove(string name)
    {
        if (--_bearers[name] == 0)
            _bearers.Remove(name);
    }

    /// <summary>Something that another scheduler runs is there.</summary>
    public void AddOther(IKubernetesObject<V1ObjectMeta> other)
    {
        if (other is V1Job or V1StatefulSet && _others.TryAdd(other.Metadata.Uid, (other.GetType(), other.Metadata.Name)))
            Add(other.Metadata.Name);
    }

    /// <summary>Something that another scheduler ran is gone.</summary>
    public void RemoveOther(string uid)
    {
        if (_others.Remove(uid, out var other))
            Remove(other.Name);
    }

    /// <summary>Puts these in the place of all of a kind that another scheduler runs.</summary>
    public void ReplaceOthers(Type kind, IEnumerable<IKubernetesObject<V1ObjectMeta>> others)
    {
        foreach (var (uid, _) in _others.Where(one => one.Value.Kind == kind).ToList())
            RemoveOther(uid);
        foreach (var other in others)
            AddOther(other);
    }
}
