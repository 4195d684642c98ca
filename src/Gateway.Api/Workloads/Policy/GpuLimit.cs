using System.Text.Json.Nodes;
using Gateway.Core.Scheduling;

namespace Gateway.Api.Workloads.Policy;

/// <summary>The most GPUs of one pod, in every form that they can be asked for. A part is of at least one.</summary>
internal static class GpuLimit
{
    public static string? RefuseNumber(JsonNode number, PolicyOptions policy) =>
        (long)number > policy.MaxGpus ? $"must be at most {policy.MaxGpus}" : null;

    public static string? RefusePart(JsonNode part, PolicyOptions policy) =>
        policy.MaxGpus == 0 ? "is not allowed" : null;

    public static string? RefuseResources(JsonNode resources, PolicyOptions policy)
    {
        var gpus = resources.AsObject().Where(resource => policy.IsGpu(resource.Key)).ToList();
        var number = gpus.Sum(resource => (decimal)resource.Value!);
        var names = string.Join(", ", gpus.Select(resource => resource.Key));
        return number > 0 && number + Asked(resources.Root["gpu"]) > policy.MaxGpus
            ? $"must ask for at most {policy.MaxGpus} GPUs, those of gpu included: {names}"
            : null;
    }

    private static bool IsGpu(this PolicyOptions policy, string resource) =>
        GpuKeys.OfOtherMakers.Contains(resource) || policy.GpuResources.Contains(resource);

    private static decimal Asked(JsonNode? gpu) =>
        (decimal?)(gpu?["count"] ?? gpu?["devices"]) ?? (gpu is null ? 0 : 1);
}
