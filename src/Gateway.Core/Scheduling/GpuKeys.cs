namespace Gateway.Core.Scheduling;

/// <summary>How GPUs are asked for in the pod template.</summary>
public static class GpuKeys
{
    /// <summary>The resource limit that asks for whole GPUs.</summary>
    public const string Count = "nvidia.com/gpu";

    /// <summary>The pod annotation that asks for a part of one GPU. A pod that has it must not limit <see cref="Count"/>.</summary>
    public const string Fraction = "gpu-fraction";

    /// <summary>The pod annotation that asks for memory of a GPU, in MiB.</summary>
    public const string Memory = "gpu-memory";

    /// <summary>The pod annotation that says of how many GPUs the pod gets such a share.</summary>
    public const string Devices = "gpu-fraction-num-devices";

    /// <summary>What the resource limit that asks for a MIG profile begins with.</summary>
    public const string MigPrefix = "nvidia.com/mig-";

    /// <summary>The resource limits that ask for whole GPUs of other makers.</summary>
    public static IReadOnlyList<string> OfOtherMakers { get; } = ["amd.com/gpu", "gpu.intel.com/i915", "gpu.intel.com/xe"];

    /// <summary>Whether a resource limit of that name asks for GPUs.</summary>
    public static bool IsLimit(string name) => name == Count || name.StartsWith(MigPrefix, StringComparison.Ordinal);
}
