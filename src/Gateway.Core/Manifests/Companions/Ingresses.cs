using System.Globalization;
using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Manifests.Companions;

/// <summary>How a workload is reached over HTTP from outside the cluster.</summary>
internal static class Ingresses
{
    /// <summary>One host a port, as the operator's template has it.</summary>
    public static V1Ingress ToIngress(this WorkloadSubmission request, Placement placement, WorkloadDefaults defaults, V1OwnerReference? owner) => new()
    {
        ApiVersion = "networking.k8s.io/v1",
        Kind = V1Ingress.KubeKind,
        Metadata = request.ToCompanionMetadata(placement, request.Name + Services.ExposedSuffix, owner),
        Spec = new()
        {
            IngressClassName = defaults.IngressClass,
            Rules = [.. request.Ports.Select(port => new V1IngressRule
            {
                Host = HostTemplate.HostOf(defaults.IngressHost!, placement, request.Name!, port.Port!.Value.ToString(CultureInfo.InvariantCulture)),
                Http = new() { Paths = [new() { Path = "/", PathType = "Prefix", Backend = new() { Service = new() { Name = request.Name + Services.ExposedSuffix, Port = new() { Number = port.Port } } } }] },
            })],
        },
    };
}
