using System.Text.RegularExpressions;
using k8s.Models;

namespace Gateway.Core.Status;

/// <summary>What the cluster says, fit to be repeated: short, and without the workload's environment values.</summary>
internal static partial class ClusterText
{
    private const int Longest = 300;
    private const int LongestOwn = 1024;

    private const string Hidden = "<hidden>";

    // What a container runtime says holds the command with the values of variables filled in.
    private const string Runtime = "OCI runtime";

    // Shorter values, such as 1 or yes, stand in other texts by chance; hiding them would spoil the text and hide nothing.
    private const int ShortestSecret = 4;

    /// <summary>A sentence of our own, followed by what the cluster says, if it says anything.</summary>
    internal static string Sentence(this ObservedWorkload observed, string lead, string? detail) =>
        string.IsNullOrWhiteSpace(detail) ? $"{lead}." : $"{lead}: {observed.Quote(detail)}.";

    /// <summary>What stands before the first full stop.</summary>
    internal static string? FirstSentence(this string? text) => text?.Split(". ", 2)[0];

    /// <summary>A text of the cluster as a whole. One that speaks of the environment may cite a value in part, and is left out.</summary>
    internal static string Repeat(this ObservedWorkload observed, string? text) => text switch
    {
        null => "",
        _ when text.SpeaksOfEnvironment() => Hidden,
        _ when text.IndexOf(Runtime, StringComparison.Ordinal) is >= 0 and var end => observed.Hide(text[..end]) + Hidden,
        _ => observed.Hide(text),
    };

    /// <summary>What a container says itself.</summary>
    internal static string? OwnWords(this ObservedWorkload observed, string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : Cut(observed.Hide(text).Trim(), LongestOwn);

    /// <summary>Whether a text may cite environment values.</summary>
    internal static bool SpeaksOfEnvironment(this string text) => Environment().IsMatch(text);

    private static string Quote(this ObservedWorkload observed, string text) => Cut(observed.Hide(text), Longest).Trim().TrimEnd('.');

    private static string Cut(string text, int length) => text.Length > length ? text[..length] + "…" : text;

    private static string Hide(this ObservedWorkload observed, string text) =>
        observed.EnvironmentValues().Aggregate(text, (rest, value) => rest.Replace(value, Hidden, StringComparison.Ordinal));

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
    private static partial Regex Environment();
}
