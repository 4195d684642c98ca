using System.Globalization;
using Gateway.Core.Manifests.Pods;
using Gateway.Core.Workloads;
using k8s;
using k8s.Models;

namespace Gateway.Core.Manifests.Companions;

/// <summary>What an object says of its companions, so that they can be shown without reading them: annotations, written and read back.</summary>
public static class CompanionMarks
{
    /// <summary>The annotations of the object; without a value where there is nothing to say.</summary>
    internal static IEnumerable<(string Key, string? Value)> ToCompanionMarks(this WorkloadSubmission request, Placement placement, WorkloadDefaults defaults) =>
    [
        (OwnKeys.Expose, request.Expose),
        (OwnKeys.Host, request.Expose == Exposure.Ingress ? HostTemplate.HostOf(defaults.IngressHost!, placement, request.Name!, "{port}") : null),
        (OwnKeys.NodePorts, OrNull(from port in request.Ports where port.NodePort is not null select $"{port.Port}:{port.NodePort}")),
        (OwnKeys.EphemeralClaims, OrNull(from volume in request.Volumes where volume.NewClaim?.Ephemeral == true select request.NameOf(volume.NewClaim!))),
    ];

    /// <summary>
    /// What an object that is there needs beside it: as much of what its submission needs today as it says itself. The operator's defaults
    /// and his template of hosts may have changed since.
    /// </summary>
    public static IReadOnlyList<IKubernetesObject<V1ObjectMeta>> ToCompanions(this IKubernetesObject<V1ObjectMeta> owner, WorkloadSubmission request, Placement placement, WorkloadDefaults defaults)
    {
        var (expose, host) = (Mark(owner, OwnKeys.Expose), Mark(owner, OwnKeys.Host));
        var asThen = request.Expose == expose ? request : request with { Expose = null };
        return asThen.ToCompanions(placement, host is null ? defaults : defaults with { IngressHost = host }, owner.ToOwnerReference());
    }

    /// <summary>Whether its ports are reached by more than its pods.</summary>
    public static bool IsExposed(this IKubernetesObject<V1ObjectMeta> owner) => Mark(owner, OwnKeys.Expose) is not null;

    /// <summary>The claims that the pods mount. Only what is said to be ephemeral goes with the workload.</summary>
    public static IReadOnlyList<WorkloadClaim> ToClaims(this IKubernetesObject<V1ObjectMeta> owner)
    {
        var ephemeral = Entries(owner, OwnKeys.EphemeralClaims);
        return
        [
            .. from name in (owner.PodTemplate().Spec.Volumes ?? []).Select(volume => volume.PersistentVolumeClaim?.ClaimName).OfType<string>().Distinct()
               select new WorkloadClaim { Name = name, Kept = !ephemeral.Contains(name) },
        ];
    }

    /// <summary>How the ports are reached; nothing where they are not exposed.</summary>
    public static IReadOnlyList<WorkloadEndpoint> ToEndpoints(this IKubernetesObject<V1ObjectMeta> owner)
    {
        if (Mark(owner, OwnKeys.Expose) is not { } expose)
            return [];
        var (host, nodePorts) = (Mark(owner, OwnKeys.Host), Entries(owner, OwnKeys.NodePorts));
        return [.. (owner.PodTemplate().Spec.Containers[0].Ports ?? []).Select(port => ToEndpoint(owner.Metadata, port.ContainerPort, expose, host, nodePorts))];
    }

    private static WorkloadEndpoint ToEndpoint(V1ObjectMeta owner, int port, string expose, string? host, string[] nodePorts)
    {
        var reached = expose switch
        {
            Exposure.Ingress => host?.Replace("{port}", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal),
            Exposure.ClusterIp => $"{owner.Name}{Services.ExposedSuffix}.{owner.NamespaceProperty}.svc",
            _ => null,
        };
        return new()
        {
            Port = port,
            Expose = expose,
            Host = reached,
            NodePort = nodePorts.Select(entry => entry.Split(':')).Where(entry => entry is [var of, _] && of == port.ToString(CultureInfo.InvariantCulture))
                .Select(entry => int.TryParse(entry[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null).FirstOrDefault(),
            Url = expose == Exposure.Ingress && reached is not null ? $"http://{reached}/" : null,
        };
    }

    private static string? OrNull(IEnumerable<string> entries) => string.Join(',', entries) is { Length: > 0 } text ? text : null;

    private static string[] Entries(IKubernetesObject<V1ObjectMeta> owner, string key) => Mark(owner, key)?.Split(',') ?? [];

    private static string? Mark(IKubernetesObject<V1ObjectMeta> owner, string key) => owner.Metadata.Annotations?.TryGetValue(key, out var value) == true ? value : null;
}
