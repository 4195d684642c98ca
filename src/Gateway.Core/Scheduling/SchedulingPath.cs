using System.Text.RegularExpressions;

namespace Gateway.Core.Scheduling;

/// <summary>From a field of the pod spec that says where pods run to the field of the submission that it was made from.</summary>
public static partial class SchedulingPath
{
    private const string Required = "requiredDuringSchedulingIgnoredDuringExecution";
    private const string Preferred = "preferredDuringSchedulingIgnoredDuringExecution";

    // From the beginning of a field to that of the caller's path; what follows both is spelt alike.
    private static readonly (string Field, string Path)[] Beginnings =
    [
        ($"affinity.nodeAffinity.{Required}.nodeSelectorTerms", "scheduling.nodeAffinity.required"),
        ($"affinity.nodeAffinity.{Preferred}", "scheduling.nodeAffinity.preferred"),
        ($"affinity.podAffinity.{Required}[0].topologyKey", "scheduling.podAffinity.required"),
        ($"affinity.podAffinity.{Preferred}[0].podAffinityTerm.topologyKey", "scheduling.podAffinity.preferred"),
        ("tolerations", "scheduling.tolerations"),
        ("nodeSelector", "scheduling.nodeSelector"),
    ];

    /// <summary>The caller's path; null for any other field.</summary>
    public static string? Of(string field)
    {
        var ofPod = Pod().Replace(field, "");
        var (beginning, path) = Beginnings.FirstOrDefault(entry => ofPod.StartsWith(entry.Field, StringComparison.Ordinal));
        return ofPod.Length == field.Length || beginning is null ? null : path + ofPod[beginning.Length..];
    }

    // A pod of its own, as in a dry run, has no template around its spec.
    [GeneratedRegex(@"^(spec\.template\.)?spec\.")]
    private static partial Regex Pod();
}
