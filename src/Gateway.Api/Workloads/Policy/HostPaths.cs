using System.Text.Json.Nodes;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads.Policy;

/// <summary>Keeps what is mounted of the nodes within the paths that the operator allows.</summary>
internal static class HostPaths
{
    /// <summary>
    /// The submission with the operator's own path as the volume, and what the caller names below it as its `subPath`:
    /// the node follows every link in the path of a volume, the kubelet none that leads out of a volume. What is not
    /// allowed stays as it is, to be refused.
    /// </summary>
    public static WorkloadSubmission Confine(this PolicyOptions policy, WorkloadSubmission submission) =>
        submission with { Volumes = [.. submission.Volumes.Select(policy.Confine)] };

    public static string? RefusePath(JsonNode path, PolicyOptions policy) =>
        policy.AllowedAbove((string)path!) is not null ? null
        : policy.HostPaths.Count == 0 ? "is not allowed"
        : $"must be below {string.Join(" or ", policy.Allowed().Select(allowed => allowed.Path))}";

    public static string? RefuseWriting(JsonNode readOnly, PolicyOptions policy) =>
        !(bool)readOnly
        && (string?)readOnly.Parent!["hostPath"]?["path"] is { } path
        && policy.AllowedAbove(path) is { Writable: false } allowed
            ? $"must be true below {allowed.Path}"
            : null;

    /// <summary>
    /// Paths of the policy that are no protection. Who may write to a folder can put a link in the place of anything in
    /// it: a path below one that callers of any project may write to is theirs to lead elsewhere.
    /// </summary>
    public static IEnumerable<string> PathProblems(this PolicyOptions policy, IEnumerable<PolicyOptions> all)
    {
        var allowed = policy.Allowed().ToList();
        return
        [
            .. from same in allowed.GroupBy(path => path.Path)
               where same.Count() > 1
               select $"HostPaths has {same.Key} twice.",
            .. from path in allowed
               from outer in all.SelectMany(Allowed)
               where outer.Writable && outer.Below(path.Path) is { Length: > 0 }
               select $"HostPaths has {path.Path}, which is below {outer.Path}: "
                   + "who may write there could put a link in its place.",
        ];
    }

    private static VolumeRequest Confine(this PolicyOptions policy, VolumeRequest volume)
    {
        if (volume.HostPath?.Path is not { } path || policy.AllowedAbove(path) is not { } allowed)
            return volume;
        string?[] parts = [allowed.Below(path), volume.SubPath];
        var subPath = string.Join('/', parts.Where(part => !string.IsNullOrEmpty(part)));
        return volume with
        {
            HostPath = new() { Path = allowed.Path },
            SubPath = subPath.Length == 0 ? null : subPath,
            ReadOnly = allowed.Writable ? volume.ReadOnly : volume.ReadOnly ?? true,
        };
    }

    // The allowed path that a path is or is below: the innermost, which may be written to where one around it may not.
    private static HostPath? AllowedAbove(this PolicyOptions policy, string path) =>
        policy.Allowed().Where(allowed => allowed.Below(path) is not null).MaxBy(allowed => allowed.Path.Length);

    private static IEnumerable<HostPath> Allowed(this PolicyOptions policy) =>
        policy.HostPaths.Select(HostPath.Parse).OfType<HostPath>();
}
