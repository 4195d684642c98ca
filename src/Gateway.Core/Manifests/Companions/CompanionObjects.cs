using Gateway.Core.Workloads;
using k8s;
using k8s.Models;

namespace Gateway.Core.Manifests.Companions;

/// <summary>What is made beside a workload's object: Services, an Ingress, claims.</summary>
public static class CompanionObjects
{
    /// <summary>
    /// Everything that a valid submission needs beside its object, claims first. What goes with the workload is owned by it; a claim that
    /// is kept is not.
    /// </summary>
    public static IReadOnlyList<IKubernetesObject<V1ObjectMeta>> ToCompanions(this WorkloadSubmission request, Placement placement, WorkloadDefaults defaults, V1OwnerReference? owner) =>
    [
        .. request.ToClaims(placement, owner),
        .. request.ToServices(placement, owner),
        .. request.Expose == Exposure.Ingress ? [request.ToIngress(placement, defaults, owner)] : Array.Empty<V1Ingress>(),
    ];

    /// <summary>The reference that ties a companion to the workload's object. It does not hold up the object's own deletion.</summary>
    public static V1OwnerReference ToOwnerReference(this IKubernetesObject<V1ObjectMeta> owner) => new()
    {
        ApiVersion = owner is V1Job ? "batch/v1" : "apps/v1",
        Kind = owner is V1Job ? V1Job.KubeKind : V1StatefulSet.KubeKind,
        Name = owner.Metadata.Name,
        Uid = owner.Metadata.Uid,
        Controller = false,
        BlockOwnerDeletion = false,
    };

    internal static V1ObjectMeta ToCompanionMetadata(this WorkloadSubmission request, Placement placement, string name, V1OwnerReference? owner) => new()
    {
        Name = name,
        NamespaceProperty = placement.Namespace,
        Labels = new Dictionary<string, string> { [OwnKeys.ManagedBy] = OwnKeys.ManagedByGateway },
        Annotations = PodTemplate.Present([(OwnKeys.Workload, request.Name), (OwnKeys.Attempt, placement.Attempt)]),
        OwnerReferences = owner is null ? null : [owner],
    };
}
