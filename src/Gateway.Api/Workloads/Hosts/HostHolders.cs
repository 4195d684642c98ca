using Gateway.Api.Cluster.Watching;
using k8s;
using k8s.Models;

namespace Gateway.Api.Workloads.Hosts;

/// <summary>The hosts of Ingresses, as the cluster showed them last. One tells it what it sees, many read it, all at once.</summary>
internal sealed class HostHolders : IPicture
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Namespace, string Name), string[]> _hosts = [];
    private readonly Dictionary<string, List<(string Namespace, string Name)>> _holders = [];
    private DateTimeOffset _heardAt;
    private bool _absent;

    /// <summary>Whether the cluster was heard of since that time, or does not let its Ingresses be read.</summary>
    public bool IsKnownSince(DateTimeOffset time)
    {
        lock (_lock)
            return _absent || _heardAt >= time;
    }

    /// <summary>An Ingress of another namespace than that one which has the host; null where there is none.</summary>
    public (string Namespace, string Name)? HolderOf(string host, string besides)
    {
        lock (_lock)
            return _holders.GetValueOrDefault(host)?.Where(holder => holder.Namespace != besides).Select(holder => ((string, string)?)holder).FirstOrDefault();
    }

    /// <inheritdoc/>
    public void Replace<T>(IEnumerable<T> all, long version, DateTimeOffset at)
        where T : IKubernetesObject<V1ObjectMeta> => Change(at, () =>
        {
            _hosts.Clear();
            _holders.Clear();
            foreach (var one in all)
                Put(one);
        });

    /// <inheritdoc/>
    public void Put<T>(T seen, DateTimeOffset at)
        where T : IKubernetesObject<V1ObjectMeta> => Change(at, () => Put(seen));

    /// <inheritdoc/>
    public void Remove<T>(T seen, DateTimeOffset at)
        where T : IKubernetesObject<V1ObjectMeta> => Change(at, () => Remove(KeyOf(seen.Metadata)));

    /// <inheritdoc/>
    public void Forget<T>()
        where T : IKubernetesObject<V1ObjectMeta>
    {
        lock (_lock)
        {
            _hosts.Clear();
            _holders.Clear();
            _absent = true;
        }
    }

    /// <inheritdoc/>
    public void Hear<T>(long version, DateTimeOffset at)
        where T : IKubernetesObject<V1ObjectMeta> => Change(at, () => { });

    private void Put(IKubernetesObject<V1ObjectMeta> seen)
    {
        var key = KeyOf(seen.Metadata);
        Remove(key);
        _hosts[key] = [.. (((V1Ingress)seen).Spec?.Rules ?? []).Select(rule => rule.Host).OfType<string>().Distinct()];
        foreach (var host in _hosts[key])
        {
            if (!_holders.TryGetValue(host, out var holders))
                _holders[host] = holders = new(1);
            holders.Add(key);
        }
    }

    private void Remove((string Namespace, string Name) key)
    {
        if (!_hosts.Remove(key, out var hosts))
            return;
        foreach (var host in hosts)
        {
            _holders[host].Remove(key);
            if (_holders[host].Count == 0)
                _holders.Remove(host);
        }
    }

    private void Change(DateTimeOffset at, Action change)
    {
        lock (_lock)
        {
            change();
            (_heardAt, _absent) = (at, false);
        }
    }

    private static (string Namespace, string Name) KeyOf(V1ObjectMeta metadata) => (metadata.NamespaceProperty, metadata.Name);
}
