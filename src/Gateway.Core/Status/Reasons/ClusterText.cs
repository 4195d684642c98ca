using k8s.Models;

namespace Gateway.Core.Status;

/// <summary>What the cluster says, fit to be repeated: short, and without the workload's environment values.</summary>
internal static class ClusterText
{
    private const int Longest = 300;

    // Shorter values, such as 1 or yes, stand in other texts by chance; hiding them would spoil the text and hide nothing.
    private const int ShortestSecret = 4;

    /// <summary>A sentence of our own, followed by what the cluster says, if it says anything.</summary>
    internal static string Sentence(this ObservedWorkload observed, string lead, string? detail) =>
        string.IsNullOrWhiteSpace(detail) ? $"{lead}." : $"{lead}: {observed.Quote(detail)}.";

    /// <summary>What stands before the first full stop.</summary>
    internal static string? FirstSentence(this string? text) => text?.Split(". ", 2)[0];

    private static string Quote(this ObservedWorkload observed, string text)
    {
        var quote = observed.EnvironmentValues().Aggregate(text, (rest, value) => rest.Replace(value, "<hidden>", StringComparison.Ordinal));
        return (quote.Length > Longest ? quote[..Longest] + "…" : quote).Trim().TrimEnd('.');
    }

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
}
