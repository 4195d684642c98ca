using System.Text.Json.Nodes;
using static Gateway.Embedded.Admission.PodSecurityChecks;

namespace Gateway.Embedded.Admission;

/// <summary>
/// The Pod Security level that a namespace's labels ask of its pods:
/// https://kubernetes.io/docs/concepts/security/pod-security-admission/
/// </summary>
internal static class PodSecurity
{
    private const string Level = "pod-security.kubernetes.io/enforce";

    private static readonly Func<JsonObject, string?>[] Common = [HostNamespaces, HostPorts, Privileged];

    private static readonly Func<JsonObject, string?>[] Baseline =
        [.. Common, AddedCapabilities, HostPathVolumes, Unconfined];

    private static readonly Func<JsonObject, string?>[] Restricted =
        [.. Common, PrivilegeEscalation, KeptCapabilities, RestrictedVolumes, MayBeRoot, IsRoot, NotConfined];

    /// <summary>What in a pod's specification is against the level, as the API server says it; null when nothing is.</summary>
    public static string? Violations(IEnumerable<KeyValuePair<string, string>> labels, JsonObject spec)
    {
        var level = labels.FirstOrDefault(label => label.Key == Level).Value;
        if (level is null or "privileged") return null;
        var checks = level == "baseline" ? Baseline : Restricted;
        var found = string.Join(", ", checks.Select(check => check(spec)).OfType<string>());
        return found.Length == 0 ? null : $"violates PodSecurity \"{level}:latest\": {found}";
    }
}
