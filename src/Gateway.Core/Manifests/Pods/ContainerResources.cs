using System.Globalization;
using Gateway.Core.Scheduling;
using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Manifests.Pods;

/// <summary>What the container gets of its node.</summary>
internal static class ContainerResources
{
    /// <summary>Requests and limits; null when nothing is asked for.</summary>
    public static V1ResourceRequirements? ToResources(this WorkloadSubmission request)
    {
        (string Name, ResourceRange? Range)[] ranges = [("cpu", request.Cpu), ("memory", request.Memory), ("ephemeral-storage", request.EphemeralStorage)];
        var requests = Amounts(ranges.Select(range => (range.Name, range.Range?.Request)));
        var limits = Amounts(ranges.Select(range => (range.Name, range.Range?.Limit)))
            .Concat(request.Gpu.ToLimits())
            .Concat(request.ExtendedResources.Select(other => KeyValuePair.Create(other.Key, new ResourceQuantity(other.Value.ToString(CultureInfo.InvariantCulture)))));
        return (OrNull(requests), OrNull(limits)) is (null, null) ? null : new() { Requests = OrNull(requests), Limits = OrNull(limits) };
    }

    private static IEnumerable<KeyValuePair<string, ResourceQuantity>> Amounts(IEnumerable<(string Name, string? Amount)> amounts) =>
        from amount in amounts where amount.Amount is not null select KeyValuePair.Create(amount.Name, new ResourceQuantity(amount.Amount));

    private static Dictionary<string, ResourceQuantity>? OrNull(IEnumerable<KeyValuePair<string, ResourceQuantity>> amounts)
    {
        var found = amounts.ToDictionary();
        return found.Count == 0 ? null : found;
    }
}
