using System.Text.Json.Nodes;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads.Policy;

/// <summary>A field that the policy refuses, and the setting that does.</summary>
internal sealed record Violation(string Path, string Setting, string Message);

/// <summary>The policy's rules: each a field by its JSON path, the setting, and what is wrong with a value; null where nothing is.</summary>
internal static class PolicyRules
{
    private static readonly (string Path, string Setting, Func<JsonNode, PolicyOptions, string?> Refuse)[] Fields =
    [
        ("image", nameof(PolicyOptions.ImageRegistries), (image, policy) => policy.ImageRegistries.Count == 0 || policy.ImageRegistries.Any(place => ImageName.OfImage(Text(image)).IsIn(ImageName.Of(place)))
            ? null : $"must come from {string.Join(" or ", policy.ImageRegistries)}"),
        ("gpu.count", nameof(PolicyOptions.MaxGpus), GpuLimit.RefuseNumber),
        ("gpu.devices", nameof(PolicyOptions.MaxGpus), GpuLimit.RefuseNumber),
        ("gpu.fraction", nameof(PolicyOptions.MaxGpus), GpuLimit.RefusePart),
        ("gpu.memory", nameof(PolicyOptions.MaxGpus), GpuLimit.RefusePart),
        ("gpu.mig", nameof(PolicyOptions.MaxGpus), GpuLimit.RefusePart),
        ("extendedResources", nameof(PolicyOptions.MaxGpus), GpuLimit.RefuseResources),
        ("volumes[].hostPath.path", nameof(PolicyOptions.HostPaths), HostPaths.RefusePath),
        ("volumes[].readOnly", nameof(PolicyOptions.HostPaths), HostPaths.RefuseWriting),
        ("volumes[].nfs", nameof(PolicyOptions.AllowNfs), (_, policy) => policy.AllowNfs ? null : "is not allowed"),
        ("security.hostNetwork", nameof(PolicyOptions.AllowHostNetwork), (on, policy) => policy.AllowHostNetwork || !Is(on, true) ? null : "is not allowed"),
        ("security.hostIpc", nameof(PolicyOptions.AllowHostIpc), (on, policy) => policy.AllowHostIpc || !Is(on, true) ? null : "is not allowed"),
        ("security.capabilities.add[]", nameof(PolicyOptions.Capabilities), (name, policy) => policy.Capabilities.Contains(Text(name))
            ? null : policy.Capabilities.Count == 0 ? "is not allowed" : $"must be {string.Join(" or ", policy.Capabilities)}"),
        ("security.seccompProfile", nameof(PolicyOptions.AllowUnconfinedSeccomp), (profile, policy) => policy.AllowUnconfinedSeccomp || Text(profile) == "RuntimeDefault" ? null : "must be RuntimeDefault"),
        ("security.runAsUser", nameof(PolicyOptions.AllowRoot), Root),
        ("security.runAsGroup", nameof(PolicyOptions.AllowRoot), Root),
        ("security.fsGroup", nameof(PolicyOptions.AllowRoot), Root),
        ("security.supplementalGroups[]", nameof(PolicyOptions.AllowRoot), Root),
        ("expose", nameof(PolicyOptions.AllowNodePort), (kind, policy) => policy.AllowNodePort || Text(kind) != "NodePort" ? null : "must not be NodePort"),
        ("expose", nameof(PolicyOptions.AllowLoadBalancer), (kind, policy) => policy.AllowLoadBalancer || Text(kind) != "LoadBalancer" ? null : "must not be LoadBalancer"),
        ("annotations", nameof(PolicyOptions.AnnotationPrefixes), (annotations, policy) => policy.AnnotationPrefixes.Count > 0 && OutsideOf(policy.AnnotationPrefixes, annotations) is { } key
            ? $"must not have {key}: keys begin with {string.Join(" or ", policy.AnnotationPrefixes)}" : null),
        ("labels", nameof(PolicyOptions.RuntimeKeys), (labels, policy) => KeyRules.Unopened(KeyPlaces.Labels, labels, policy)),
        ("labels", nameof(PolicyOptions.ReservedKeys), KeyRules.Closed),
        ("annotations", nameof(PolicyOptions.RuntimeKeys), (annotations, policy) => KeyRules.Unopened(KeyPlaces.Annotations, annotations, policy)),
        ("annotations", nameof(PolicyOptions.ReservedKeys), KeyRules.Closed),
    ];

    /// <summary>The fields that rules are about.</summary>
    public static IEnumerable<string> Paths => Fields.Select(rule => rule.Path);

    /// <summary>Everything that the policy refuses in a submission with its defaults; nothing when it allows it.</summary>
    public static IReadOnlyList<Violation> Violations(this PolicyOptions policy, JsonObject submission) =>
    [
        .. from rule in Fields
           from field in submission.Find(rule.Path)
           let message = rule.Refuse(field.Value, policy)
           where message is not null
           select new Violation(field.Path, rule.Setting, message),
        .. from path in policy.Required
           where !submission.Find(path).Any()
           select new Violation(path, nameof(policy.Required), "is required"),
        .. policy.RequireNonRoot && !submission.Find("security.runAsNonRoot").Any(field => Is(field.Value, true))
            ? [new Violation("security.runAsNonRoot", nameof(policy.RequireNonRoot), "must be true")]
            : Array.Empty<Violation>(),
    ];

    private static string? Root(JsonNode id, PolicyOptions policy) => policy.AllowRoot || (long)id != 0 ? null : "must not be 0";

    private static string? OutsideOf(IReadOnlyList<string> prefixes, JsonNode annotations) =>
        annotations.AsObject().Select(annotation => annotation.Key).FirstOrDefault(key => !prefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal)));

    private static string Text(JsonNode value) => (string)value!;

    private static bool Is(JsonNode value, bool expected) => (bool)value == expected;
}
