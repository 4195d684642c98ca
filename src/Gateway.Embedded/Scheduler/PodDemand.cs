using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Scheduler;

/// <summary>What a pod needs of a node: whole GPUs, or a share of some, and labels.</summary>
internal sealed record PodDemand
{
    public int WholeGpus { get; init; }

    /// <summary>The share of each GPU, or zero.</summary>
    public decimal Fraction { get; init; }

    /// <summary>The memory of each GPU in MiB, or zero.</summary>
    public int MemoryMiB { get; init; }

    /// <summary>How many GPUs are shared.</summary>
    public int SharedGpus { get; init; }

    /// <summary>The node's labels, as one text so that equal demands are equal.</summary>
    public string Selector { get; init; } = "";

    public static PodDemand Of(JsonObject pod)
    {
        var spec = pod.Child("spec");
        var annotations = pod.Metadata()["annotations"] as JsonObject ?? [];
        var fraction = decimal.TryParse(annotations.Text("gpu-fraction"), CultureInfo.InvariantCulture, out var share) ? share : 0;
        var memory = int.TryParse(annotations.Text("gpu-memory"), out var mebibytes) ? mebibytes : 0;
        var devices = int.TryParse(annotations.Text("gpu-fraction-num-devices"), out var number) ? number : 1;
        return new PodDemand
        {
            WholeGpus = Math.Max(spec.Items("containers").Sum(Gpus), spec.Items("initContainers").Select(Gpus).DefaultIfEmpty().Max()),
            Fraction = fraction,
            MemoryMiB = memory,
            SharedGpus = fraction > 0 || memory > 0 ? devices : 0,
            Selector = string.Join(',', (spec["nodeSelector"] as JsonObject ?? []).Select(label => $"{label.Key}={label.Value}").Order(StringComparer.Ordinal)),
        };
    }

    /// <summary>The share of each GPU on a node whose GPUs have so much memory; the scheduler counts it in hundreds.</summary>
    public decimal ShareOf(int gpuMemoryMiB) => MemoryMiB > 0 ? decimal.Divide(MemoryMiB, Math.Max(1, gpuMemoryMiB - (gpuMemoryMiB % 100))) : Fraction;

    public bool Selects(IReadOnlyDictionary<string, string> labels) =>
        Selector.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).All(pair => labels.TryGetValue(pair[0], out var value) && value == pair[1]);

    private static int Gpus(JsonObject container) =>
        container["resources"]?["limits"] is JsonObject limits && int.TryParse(limits[NodeObject.Gpu]?.ToString(), out var number) ? number : 0;
}
