using k8s;
using k8s.Models;

namespace Gateway.Api.Cluster.Watching;

/// <summary>What keeps in mind what it is told of the cluster's objects.</summary>
internal interface IPicture
{
    /// <summary>All objects of one kind, as a list of that version has them.</summary>
    void Replace<T>(IEnumerable<T> all, long version, DateTimeOffset at)
        where T : IKubernetesObject<V1ObjectMeta>;

    /// <summary>An object as a watch tells of it.</summary>
    void Put<T>(T seen, DateTimeOffset at)
        where T : IKubernetesObject<V1ObjectMeta>;

    /// <summary>An object that a watch saw go.</summary>
    void Remove<T>(T seen, DateTimeOffset at)
        where T : IKubernetesObject<V1ObjectMeta>;

    /// <summary>Nobody tells of a kind any more.</summary>
    void Forget<T>()
        where T : IKubernetesObject<V1ObjectMeta>;

    /// <summary>The watch of a kind has told all up to that version.</summary>
    void Hear<T>(long version, DateTimeOffset at)
        where T : IKubernetesObject<V1ObjectMeta>;
}
