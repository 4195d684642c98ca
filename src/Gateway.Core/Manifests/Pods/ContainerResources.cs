using System.Globalization;
using Gateway.Core.Scheduling;
using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Manifests.Pods;

/// <summary>What a container gets of its node.</summary>
internal static class ContainerResources
{
    /// <summary>Requests and limits of the container that runs the caller's image; null when nothing is asked for.</summary>
    public static V1ResourceRequirements? ToResources(this WorkloadSubmission request) =>
        Requirements(request, [.. request.Gpu.ToLimits(), .. request.ExtendedResources.Select(Count)]);

    /// <summary>
    /// Requests and limits of a container that ends before the caller's begins; null when nothing is asked for. A quota
    /// asks every container for an amount, and with the caller's the pod needs no more than without it. No devices.
    /// </summary>
    public static V1ResourceRequirements? ToOwnResources(this WorkloadSubmission request) => Requirements(request, devices: []);

    private static V1ResourceRequirements? Requirements(
        WorkloadSubmission request, IEnumerable<KeyValuePair<string, ResourceQuantity>> devices)
    {
        (string Name, ResourceRange? Range)[] ranges =
            [("cpu", request.Cpu), ("memory", request.Memory), ("ephemeral-storage", request.EphemeralStorage)];
        var requests = OrNull(Amounts(ranges.Select(range => (range.Name, range.Range?.Request))));
        var limits = OrNull([.. Amounts(ranges.Select(range => (range.Name, range.Range?.Limit))), .. devices]);
        return (requests, limits) is (null, null) ? null : new() { Requests = requests, Limits = limits };
    }

    private static IEnumerable<KeyValuePair<string, ResourceQuantity>> Amounts(IEnumerable<(string Name, string? Amount)> amounts) =>
        from amount in amounts where amount.Amount is not null select Amount(amount.Name, amount.Amount);

    private static KeyValuePair<string, ResourceQuantity> Amount(string name, string amount) => new(name, new(amount));

    private static KeyValuePair<string, ResourceQuantity> Count(KeyValuePair<string, long> devices) =>
        Amount(devices.Key, devices.Value.ToString(CultureInfo.InvariantCulture));

    private static Dictionary<string, ResourceQuantity>? OrNull(IEnumerable<KeyValuePair<string, ResourceQuantity>> amounts)
    {
        var found = amounts.ToDictionary();
        return found.Count == 0 ? null : found;
    }
}
