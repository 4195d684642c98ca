using Gateway.Core.Manifests;
using Gateway.Core.Scheduling;
using Gateway.Core.Status;
using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Usage;

/// <summary>GPUs of workloads, in whole GPUs and their fractions.</summary>
/// <param name="Requested">Those that the workloads ask for.</param>
/// <param name="Allocated">Those of their pods that are on a node.</param>
/// <param name="Uncounted">How many pods ask for GPUs in a way that says nothing of how much of a GPU it is: by memory, or by MIG profile.</param>
public readonly record struct GpuUsage(decimal Requested, decimal Allocated, int Uncounted)
{
    /// <summary>What both have together.</summary>
    public static GpuUsage operator +(GpuUsage one, GpuUsage other) =>
        new(one.Requested + other.Requested, one.Allocated + other.Allocated, one.Uncounted + other.Uncounted);

    /// <summary>What one workload asks for, and holds.</summary>
    public static GpuUsage Of(ObservedWorkload observed)
    {
        var (each, wanted) = (observed.Owner.PodTemplate().ToGpuRequest(), observed.WantedPods());
        // A pod asks for what its template asked for when it was made.
        var placed = observed.Pods.Where(pod => pod.IsLive() && pod.IsScheduled()).Select(AskedBy).ToList();
        return new(
            wanted * (each.Gpus() ?? 0),
            placed.Sum(asked => asked.Gpus() ?? 0),
            Math.Max(each.Gpus() is null ? wanted : 0, placed.Count(asked => asked.Gpus() is null)));
    }

    /// <summary>The project as callers see it.</summary>
    public ProjectAnswer ToAnswer(string project, string namespaceName, decimal? quota) => new()
    {
        Name = project,
        Namespace = namespaceName,
        Gpus = new() { Requested = Shortest(Requested), Allocated = Shortest(Allocated), Quota = quota, UncountedPods = Uncounted > 0 ? Uncounted : null },
    };

    private static GpuRequest? AskedBy(ObservedPod pod) => new V1PodTemplateSpec
    {
        Metadata = pod.Metadata,
        Spec = new() { Containers = [.. pod.Spec.Containers.Select(one => new V1Container { Resources = new() { Limits = one.Resources?.Limits.ToDictionary() } })] },
    }.ToGpuRequest();

    // 1.50 is 1.5.
    private static decimal Shortest(decimal amount) => amount / 1.0000000000000000000000000000m;
}
