using k8s;
using k8s.Models;

namespace Gateway.Api.Live.Pictures;

/// <summary>The names of the Jobs and StatefulSets that another scheduler runs: they are no workloads, but they have their names.</summary>
internal sealed class OtherNames
{
    private readonly Dictionary<string, (Type Kind, string Name)> _byUid = [];
    private readonly Dictionary<string, int> _bearers = [];

    public bool Has(string name) => _bearers.ContainsKey(name);

    public void Put(IKubernetesObject<V1ObjectMeta> other)
    {
        if (other is not (V1Job or V1StatefulSet) || !_byUid.TryAdd(other.Metadata.Uid, (other.GetType(), other.Metadata.Name)))
            return;
        _bearers[other.Metadata.Name] = _bearers.GetValueOrDefault(other.Metadata.Name) + 1;
    }

    public void Remove(string uid)
    {
        if (_byUid.Remove(uid, out var other) && --_bearers[other.Name] == 0)
            _bearers.Remove(other.Name);
    }

    /// <summary>Puts these in the place of all of a kind.</summary>
    public void Replace(Type kind, IEnumerable<IKubernetesObject<V1ObjectMeta>> others)
    {
        foreach (var (uid, _) in _byUid.Where(one => one.Value.Kind == kind).ToList())
            Remove(uid);
        foreach (var other in others)
            Put(other);
    }
}
