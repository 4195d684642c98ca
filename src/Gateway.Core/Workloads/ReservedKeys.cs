namespace Gateway.Core.Workloads;

/// <summary>Keys of labels and annotations that the scheduler, Kubernetes or the gateway reads: never a caller's own.</summary>
public static class ReservedKeys
{
    // The embedded cluster's are the caller's to set.
    private const string Embedded = "embedded.workload-gateway.io/";

    private static readonly string[] Keys =
        ["pod-group-name", "priorityClassName", "project", "user", "release", "app.kubernetes.io/managed-by", "mps", "received-resource-type", "job-name", "controller-uid", "controller-revision-hash"];

    private static readonly string[] Prefixes = ["kai.scheduler/", "runai/", "run.ai/", "workload-gateway.io/", "gpu-", "nvidia.com/container.", "runai-"];

    /// <summary>Whether a key is one of them. Whatever its spelling: the scheduler reads some keys whatever theirs.</summary>
    public static bool IsReserved(string key) =>
        Keys.Contains(key, StringComparer.OrdinalIgnoreCase)
        || (Prefixes.Any(prefix => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) && !key.StartsWith(Embedded, StringComparison.Ordinal))
        || (key.Split('/') is [var domain, _] && (IsUnder(domain, "kubernetes.io") || IsUnder(domain, "k8s.io")));

    private static bool IsUnder(string domain, string parent) =>
        domain.Equals(parent, StringComparison.OrdinalIgnoreCase) || domain.EndsWith("." + parent, StringComparison.OrdinalIgnoreCase);
}
