namespace Gateway.Embedded.Scheduler;

/// <summary>A machine of the embedded cluster, with GPUs that pods take whole or in part.</summary>
public sealed record EmbeddedNode
{
    /// <summary>The node's name.</summary>
    public required string Name { get; init; }

    /// <summary>How many GPUs it has.</summary>
    public int Gpus { get; init; } = 8;

    /// <summary>The memory of each GPU in MiB; the node carries it as the label <c>nvidia.com/gpu.memory</c>.</summary>
    public int GpuMemoryMiB { get; init; } = 81_920;

    /// <summary>Labels for node selectors, beside those that every node has.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
