using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Manifests.Companions;

/// <summary>How the pods of a workload are reached.</summary>
internal static class Services
{
    /// <summary>The suffix of the Service and the Ingress that expose a workload.</summary>
    public const string ExposedSuffix = "-exposed";

    /// <summary>The headless Service that a StatefulSet's `serviceName` names, and the one that exposes ports.</summary>
    public static IEnumerable<V1Service> ToServices(this WorkloadSubmission request, Placement placement, V1OwnerReference? owner)
    {
        if (request.Type == WorkloadType.Build)
            yield return request.ToService(placement, request.Name!, owner, new() { ClusterIP = "None" });
        if (request.Expose is { } expose)
            yield return request.ToService(placement, request.Name + ExposedSuffix, owner, new() { Type = expose == Exposure.Ingress ? Exposure.ClusterIp : expose });
    }

    private static V1Service ToService(this WorkloadSubmission request, Placement placement, string name, V1OwnerReference? owner, V1ServiceSpec spec) => new()
    {
        ApiVersion = "v1",
        Kind = V1Service.KubeKind,
        Metadata = request.ToCompanionMetadata(placement, name, owner),
        Spec = spec with
        {
            Selector = new Dictionary<string, string> { [OwnPods.Label(request.Type!)] = request.Name! },
            Ports = request.Ports.Count == 0 ? null : [.. request.Ports.Select(port => new V1ServicePort
            {
                Name = port.NameOrDefault(),
                Port = port.Port!.Value,
                TargetPort = port.Port!.Value,
                Protocol = port.Protocol,
                NodePort = spec.ClusterIP is null ? port.NodePort : null,
            })],
        },
    };

    /// <summary>The port's name: its own, or `port-` and the number.</summary>
    public static string NameOrDefault(this PortRequest port) => port.Name ?? $"port-{port.Port}";
}
