using System.Text.RegularExpressions;
using k8s;
using k8s.Models;

namespace Gateway.Core.Status;

/// <summary>The names that Kubernetes gives to the pods of a workload: they tell whose a pod was that is gone.</summary>
internal static partial class OwnPodNames
{
    // https://github.com/kubernetes/apiserver/blob/master/pkg/storage/names/generate.go
    private const int LongestPrefix = 58;

    /// <summary>Whether a pod of that name is, or was, one of the owner's.</summary>
    internal static bool Owns(this IKubernetesObject<V1ObjectMeta> owner, string pod) => owner switch
    {
        V1StatefulSet set => pod.StartsWith($"{set.Metadata.Name}-", StringComparison.Ordinal) && Number().IsMatch(pod[(set.Metadata.Name.Length + 1)..]),
        V1Job job => Generated().Match(pod) is { Success: true } match && IsPrefix(job, match.Groups["prefix"].Value),
        _ => false,
    };

    private static bool IsPrefix(V1Job job, string prefix)
    {
        if (job.Spec.CompletionMode != "Indexed")
            return prefix == Cut(job.Metadata.Name, "-");
        var index = Index().Match(prefix);
        return index.Success && prefix == Cut(job.Metadata.Name, index.Value);
    }

    private static string Cut(string name, string end) => name[..Math.Min(name.Length, LongestPrefix - end.Length)] + end;

    [GeneratedRegex("^(0|[1-9][0-9]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    // The letters and digits of https://github.com/kubernetes/apimachinery/blob/master/pkg/util/rand/rand.go
    [GeneratedRegex("^(?<prefix>.+)[bcdfghjklmnpqrstvwxz2456789]{5}$", RegexOptions.CultureInvariant)]
    private static partial Regex Generated();

    [GeneratedRegex("-(0|[1-9][0-9]*)-$", RegexOptions.CultureInvariant)]
    private static partial Regex Index();
}
