using Gateway.Api.Cluster.Watching;
using k8s;
using k8s.Models;

namespace Gateway.Api.Projects.Watching;

/// <summary>The namespaces that carry the project label, as the cluster showed them last. One tells it what it sees, many read it, all at once.</summary>
internal sealed class KnownProjects(string label) : IPicture
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Project> _byNamespace = [];
    private ILookup<string, Project>? _byName;
    private DateTimeOffset _heardAt;

    /// <summary>When the cluster was last heard of; the beginning of time before its first word.</summary>
    public DateTimeOffset HeardAt
    {
        get
        {
            lock (_lock)
                return _heardAt;
        }
    }

    /// <summary>Every project.</summary>
    public IReadOnlyList<Project> All
    {
        get
        {
            lock (_lock)
                return [.. _byNamespace.Values];
        }
    }

    /// <summary>The projects of that name.</summary>
    public IReadOnlyList<Project> Named(string name)
    {
        lock (_lock)
            return [.. (_byName ??= _byNamespace.Values.ToLookup(project => project.Name))[name]];
    }

    /// <inheritdoc/>
    public void Replace<T>(IEnumerable<T> all, long version, DateTimeOffset at)
        where T : IKubernetesObject<V1ObjectMeta> => Change(at, () =>
        {
            _byNamespace.Clear();
            foreach (var one in all)
                Put(one.Metadata);
        });

    /// <inheritdoc/>
    public void Put<T>(T seen, DateTimeOffset at)
        where T : IKubernetesObject<V1ObjectMeta> => Change(at, () => Put(seen.Metadata));

    /// <inheritdoc/>
    public void Remove<T>(T seen, DateTimeOffset at)
        where T : IKubernetesObject<V1ObjectMeta> => Change(at, () => _byNamespace.Remove(seen.Metadata.Name));

    /// <inheritdoc/>
    public void Forget<T>()
        where T : IKubernetesObject<V1ObjectMeta> => Change(_heardAt, _byNamespace.Clear);

    /// <inheritdoc/>
    public void Hear<T>(long version, DateTimeOffset at)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        lock (_lock)
            _heardAt = at;
    }

    private void Put(V1ObjectMeta seen)
    {
        // Without the label it is no project, whatever it was.
        _byNamespace.Remove(seen.Name);
        if (seen.Labels?.TryGetValue(label, out var name) is true)
            _byNamespace[seen.Name] = new(name, seen.Name);
    }

    private void Change(DateTimeOffset at, Action change)
    {
        lock (_lock)
        {
            change();
            (_byName, _heardAt) = (null, at);
        }
    }
}
