using System.Text.RegularExpressions;
using k8s.Models;

namespace Gateway.Core.Status;

/// <summary>What the cluster says, fit to be repeated: short, and without the workload's environment values.</summary>
internal static partial class ClusterText
{
    private const int Longest = 300;

    // Shorter values, such as 1 or yes, stand in other texts by chance; hiding them would spoil the text and hide nothing.
    private const int ShortestSecret = 4;

    /// <summary>A sentence of our own, followed by what the cluster says, where that may be told.</summary>
    internal static string Sentence(this ObservedWorkload observed, string lead, string? detail) =>
        observed.Quote(detail) is { } quote ? $"{lead}: {quote}." : $"{lead}.";

    /// <summary>The cluster's text, or nothing where it speaks of the environment, since it then may cite a value.</summary>
    internal static string? Quote(this ObservedWorkload observed, string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || SpeaksOfEnvironment().IsMatch(text))
            return null;
        var quote = observed.EnvironmentValues().Aggregate(text, (rest, value) => rest.Replace(value, "<hidden>", StringComparison.Ordinal));
        return (quote.Length > Longest ? quote[..Longest] + "…" : quote).Trim().TrimEnd('.');
    }

    /// <summary>What stands before the first full stop.</summary>
    internal static string? FirstSentence(this string? text) => text?.Split(". ", 2)[0];

    // The longest first, so that no value is left in part where another is within it.
    private static IEnumerable<string> EnvironmentValues(this ObservedWorkload observed) =>
        (observed.PodSpec() is { } spec ? (spec.InitContainers ?? []).Concat(spec.Containers ?? []) : [])
            .SelectMany(container => container.Env ?? [])
            .Select(variable => variable.Value)
            .Where(value => value?.Length >= ShortestSecret)
            .OrderByDescending(value => value.Length);

    private static V1PodSpec? PodSpec(this ObservedWorkload observed) => observed.Owner switch
    {
        V1Job job => job.Spec?.Template?.Spec,
        V1StatefulSet set => set.Spec?.Template?.Spec,
        _ => null,
    };

    [GeneratedRegex(@"\benv(ironment|From)?\b", RegexOptions.IgnoreCase)]
    private static partial Regex SpeaksOfEnvironment();
}
