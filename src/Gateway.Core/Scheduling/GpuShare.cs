using System.Globalization;
using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Scheduling;

/// <summary>A GPU share in the scheduler's words, and back.</summary>
public static class GpuShare
{
    private const decimal Mebibyte = 1024 * 1024;

    /// <summary>The container's resource limits; empty when neither whole GPUs nor a MIG profile are asked for.</summary>
    public static IEnumerable<KeyValuePair<string, ResourceQuantity>> ToLimits(this GpuRequest? gpu)
    {
        if (gpu?.Count is > 0 and var count)
            yield return new(GpuKeys.Count, new ResourceQuantity(count.ToString(CultureInfo.InvariantCulture)));
        if (gpu?.Mig is { } profile)
            yield return new(GpuKeys.MigPrefix + profile, new ResourceQuantity("1"));
    }

    /// <summary>The pod's annotations; empty when no part of a GPU is asked for. Memory is rounded up to whole MiB.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ToAnnotations(this GpuRequest? gpu)
    {
        if (gpu?.Fraction is { } fraction)
            yield return new(GpuKeys.Fraction, fraction.ToString("0.##", CultureInfo.InvariantCulture));
        if (gpu?.Memory is { } memory)
            yield return new(GpuKeys.Memory, decimal.Ceiling(Quantity.Parse(memory)!.Value / Mebibyte).ToString("0", CultureInfo.InvariantCulture));
        if (gpu?.Devices is { } devices)
            yield return new(GpuKeys.Devices, devices.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>What a pod template asks for, whoever wrote it; null when it asks for no GPU, or for one in a way the gateway does not know.</summary>
    public static GpuRequest? ToGpuRequest(this V1PodTemplateSpec template)
    {
        var annotations = template.Metadata?.Annotations ?? new Dictionary<string, string>();
        var devices = annotations.TryGetValue(GpuKeys.Devices, out var number) && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var some) ? some : (int?)null;
        if (annotations.TryGetValue(GpuKeys.Fraction, out var text))
            return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var fraction) ? new() { Fraction = fraction, Devices = devices } : null;
        if (annotations.TryGetValue(GpuKeys.Memory, out var mebibytes))
            return long.TryParse(mebibytes, NumberStyles.None, CultureInfo.InvariantCulture, out var memory) ? new() { Memory = $"{memory}Mi", Devices = devices } : null;
        var limits = template.Spec.Containers.SelectMany(container => container.Resources?.Limits ?? new Dictionary<string, ResourceQuantity>()).ToList();
        if (limits.Find(limit => limit.Key.StartsWith(GpuKeys.MigPrefix, StringComparison.Ordinal)).Key is { } profile)
            return new() { Mig = profile[GpuKeys.MigPrefix.Length..] };
        var count = limits.Where(limit => limit.Key == GpuKeys.Count).Sum(limit => Number(limit.Value));
        return count is > 0 and <= int.MaxValue ? new() { Count = (int)count.Value } : null;
    }

    // Null, and not counted, where it is more than a number can be: an object that somebody else made may say anything.
    private static decimal? Number(ResourceQuantity quantity)
    {
        try
        {
            return quantity.ToDecimal();
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
