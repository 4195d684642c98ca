using System.Globalization;
using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Scheduling;

/// <summary>A GPU share in the scheduler's words, and back.</summary>
public static class GpuShare
{
    /// <summary>The container's resource limits; empty when no whole GPU is asked for.</summary>
    public static IEnumerable<KeyValuePair<string, ResourceQuantity>> ToLimits(this GpuRequest? gpu)
    {
        if (gpu?.Count is > 0 and var count)
            yield return new(GpuKeys.Count, new ResourceQuantity(count.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>The pod's annotations; empty when no part of a GPU is asked for.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ToAnnotations(this GpuRequest? gpu)
    {
        if (gpu?.Fraction is { } fraction)
            yield return new(GpuKeys.Fraction, fraction.ToString("0.##", CultureInfo.InvariantCulture));
    }

    /// <summary>What a pod template asks for, whoever wrote it; null when it asks for no GPU, or for one in a way the gateway does not know.</summary>
    public static GpuRequest? ToGpuRequest(this V1PodTemplateSpec template)
    {
        if (template.Metadata?.Annotations?.TryGetValue(GpuKeys.Fraction, out var text) == true)
            return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var fraction) ? new() { Fraction = fraction } : null;
        var count = template.Spec.Containers.Sum(WholeGpus);
        return count is > 0 and <= int.MaxValue ? new() { Count = (int)count } : null;
    }

    private static decimal WholeGpus(V1Container container) =>
        container.Resources?.Limits?.TryGetValue(GpuKeys.Count, out var limit) == true ? limit.ToDecimal() : 0;
}
