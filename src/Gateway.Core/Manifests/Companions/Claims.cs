using Gateway.Core.Manifests.Pods;
using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Manifests.Companions;

/// <summary>Claims that are made for a workload.</summary>
internal static class Claims
{
    private const string OneNode = "ReadWriteOnce";

    /// <summary>One for each that was asked for; only those that are `ephemeral` belong to the workload.</summary>
    public static IEnumerable<V1PersistentVolumeClaim> ToClaims(this WorkloadSubmission request, Placement placement, V1OwnerReference? owner) =>
        from claim in request.Volumes.Select(volume => volume.NewClaim).OfType<NewClaimVolume>()
        select new V1PersistentVolumeClaim
        {
            ApiVersion = "v1",
            Kind = V1PersistentVolumeClaim.KubeKind,
            Metadata = request.ToCompanionMetadata(placement, request.NameOf(claim), claim.Ephemeral == true ? owner : null),
            Spec = new()
            {
                AccessModes = claim.AccessModes.Count == 0 ? [OneNode] : [.. claim.AccessModes],
                StorageClassName = claim.StorageClass,
                Resources = new() { Requests = new Dictionary<string, ResourceQuantity> { ["storage"] = new(claim.Size) } },
            },
        };
}
