using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads.Policy;

/// <summary>What the operator allows, fills in and asks for; the setting Policy:Projects:‹name›: says it for one project.</summary>
internal sealed class PolicyOptions
{
    public const string Section = "Policy";

    /// <summary>The registries, with or without a path, that images may come from; any when left out. An image without a registry is docker.io's.</summary>
    public IReadOnlyList<string> ImageRegistries { get; set; } = [];

    /// <summary>The most whole GPUs of one pod; any number when left out.</summary>
    public int? MaxGpus { get; set; }

    /// <summary>The fields that a submission must have once defaults are filled in, such as user or scheduling.nodePool.</summary>
    public IReadOnlyList<string> Required { get; set; } = [];

    /// <summary>By type, a submission whose fields hold where the caller's says nothing.</summary>
    public Dictionary<string, WorkloadSubmission> Defaults { get; set; } = new(StringComparer.OrdinalIgnoreCase);
}
