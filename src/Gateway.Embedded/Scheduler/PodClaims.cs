using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Scheduler;

/// <summary>The claims that a pod mounts; it gets no node before each has its volume.</summary>
internal sealed class PodClaims(string space, IReadOnlyList<string> names)
{
    public static PodClaims Of(StoredObject pod, JsonObject content) => new(pod.Namespace,
        [.. content.Child("spec").Items("volumes").Select(volume => (volume["persistentVolumeClaim"] as JsonObject)?.Text("claimName")).OfType<string>()]);

    public bool Contain(StoredObject claim) => claim.Namespace == space && names.Contains(claim.Name);

    /// <summary>What is wrong with the first claim that is not ready, in the words of the Kubernetes scheduler; null where all are.</summary>
    public string? Problem(ObjectStore store) => names.Select(name => Problem(store, name)).FirstOrDefault(problem => problem is not null);

    private string? Problem(ObjectStore store, string name)
    {
        if (store.Find(ResourceTypes.Claims, space, name) is not { } claim) return $"persistentvolumeclaim \"{name}\" not found";
        if (claim.Deleting) return $"persistentvolumeclaim \"{name}\" is being deleted";
        return claim.ToJson().Child("status").Text("phase") == "Bound" ? null : "pod has unbound immediate PersistentVolumeClaims";
    }
}
