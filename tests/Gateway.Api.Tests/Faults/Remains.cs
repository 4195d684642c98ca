using k8s;
using k8s.Models;

namespace Gateway.Api.Tests.Faults;

/// <summary>What is there after a storm, once what was deleted is gone.</summary>
internal sealed record Remains
{
    private const string Space = "runai-team-a";

    /// <summary>Jobs and StatefulSets.</summary>
    public required IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Workloads { get; init; }

    /// <summary>Services and claims.</summary>
    public required IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Companions { get; init; }

    /// <summary>The names of the companions, without those that have an owner.</summary>
    public IEnumerable<string> Kept => Companions.Where(one => one.Metadata.OwnerReferences is null or []).Select(one => one.Metadata.Name).Order(StringComparer.Ordinal);

    /// <summary>The names of the companions that a workload owns.</summary>
    public IEnumerable<string> OwnedBy(string uid) => Companions.Where(one => one.Metadata.OwnerReferences?.Any(owner => owner.Uid == uid) is true).Select(one => one.Metadata.Name).Order(StringComparer.Ordinal);

    /// <summary>The companions whose owner is not there.</summary>
    public IEnumerable<string> Orphans => Companions.Where(one => one.Metadata.OwnerReferences?.Any(owner => Workloads.All(workload => workload.Metadata.Uid != owner.Uid)) is true).Select(one => one.Metadata.Name);

    public static async Task<Remains> ReadAsync(Kubernetes administrator)
    {
        Remains? found = null;
        await GatewayHost.UntilAsync(async () =>
        {
            found = await LookAsync(administrator);
            return found.Workloads.Concat(found.Companions).All(one => one.Metadata.DeletionTimestamp is null) && !found.Orphans.Any();
        });
        return found!;
    }

    private static async Task<Remains> LookAsync(Kubernetes administrator) => new()
    {
        Companions = [.. (await administrator.CoreV1.ListNamespacedServiceAsync(Space)).Items, .. (await administrator.CoreV1.ListNamespacedPersistentVolumeClaimAsync(Space)).Items],
        Workloads = [.. (await administrator.BatchV1.ListNamespacedJobAsync(Space)).Items, .. (await administrator.AppsV1.ListNamespacedStatefulSetAsync(Space)).Items],
    };
}
