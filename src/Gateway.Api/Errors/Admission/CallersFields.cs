using Gateway.Api.Cluster;
using Gateway.Core.Manifests.Paths;
using Gateway.Core.Workloads;

namespace Gateway.Api.Errors.Admission;

/// <summary>Which field of the submission a field of a refused object is.</summary>
internal static class CallersFields
{
    /// <summary>From a field of the refused object to the caller's; null where nothing was submitted.</summary>
    public static Func<string, string>? ToCallersPath(this ClusterException e) => e.Submission is { } asked
        ? field => AsGiven(asked, CallersPath.Of(asked, KindOf(e.About), e.Named, field))
        : null;

    /// <summary>What was submitted of the resource that a path such as `cpu.request` is in.</summary>
    public static ResourceRange? RangeOf(this WorkloadSubmission asked, string path) => path.Split('.')[0] switch
    {
        "cpu" => asked.Cpu,
        "memory" => asked.Memory,
        "ephemeralStorage" => asked.EphemeralStorage,
        _ => null,
    };

    /// <summary>Whether a path is the request of a resource.</summary>
    public static bool IsRequest(string path) => path.EndsWith(".request", StringComparison.Ordinal);

    /// <summary>The limit of the resource that a path is the request of.</summary>
    public static string LimitOf(string request) => $"{request.Split('.')[0]}.limit";

    // Kubernetes takes a limit for the request where there is none.
    private static string AsGiven(WorkloadSubmission asked, string path) =>
        IsRequest(path) && asked.RangeOf(path) is { Request: null, Limit: not null } ? LimitOf(path) : path;

    // A refusal names the resource, an invalid object its kind. What names nothing is about a pod.
    private static string KindOf(string about) => about switch
    {
        "" or "pods" => "Pod",
        "persistentvolumeclaims" => "PersistentVolumeClaim",
        "services" => "Service",
        "ingresses" => "Ingress",
        _ => about,
    };
}
