using System.Text.RegularExpressions;

namespace Gateway.Api.Errors;

/// <summary>One way in which an admission plugin of Kubernetes says no, and what the caller is told.</summary>
/// <param name="plugin">The plugin, as the API server's `--enable-admission-plugins` names it.</param>
/// <param name="words">How its refusal begins, as a regular expression.</param>
/// <param name="type">The problem.</param>
/// <param name="by">Who refuses, or a whole sentence; empty where its own words say so. `{…}` is a group of the words.</param>
/// <param name="causes">Which fields of the submission it is about.</param>
internal sealed partial class AdmissionRefusal(string plugin, string words, ProblemType type, string by, AdmissionCause[]? causes = null)
{
    private readonly Regex _words = new($"^(?:{words})", RegexOptions.CultureInvariant | RegexOptions.Singleline);

    public string Plugin => plugin;

    /// <summary>What the caller is told, where this is the refusal; null where it is another one.</summary>
    /// <param name="why">What the plugin says.</param>
    /// <param name="path">From a field of the refused object to the caller's; null where there is no submission.</param>
    public Problem? Of(string why, Func<string, string>? path)
    {
        if (_words.Match(why) is not { Success: true } match)
        {
            return null;
        }
        var who = Fill(by, match);
        var found = path is null || causes is null ? [] : causes.SelectMany(cause => cause.In(why, path)).Distinct().ToArray();
        return Told(type, why, who, found);
    }

    /// <summary>The problem, with the fields that are to blame where there are any.</summary>
    public static Problem Told(ProblemType type, string why, string who, IReadOnlyList<(string Path, string Says)> found)
    {
        if (found.Count == 0)
        {
            return type.With(who.Length == 0 ? why : who.EndsWith('.') ? who : $"{char.ToUpperInvariant(who[0])}{who[1..]} refuses it: {why}");
        }
        var said = string.Join("; ", found.Select(one => $"{one.Path} {one.Says}"));
        return type.With($"{said}: {who}.") with
        {
            Errors = found.GroupBy(one => one.Path, one => $"{one.Says}: {who}").ToDictionary(field => field.Key, field => field.ToArray()),
        };
    }

    /// <summary>The text with what the groups of a match caught.</summary>
    public static string Fill(string text, Match match) => Group().Replace(text, group => match.Groups[group.Groups[1].Value].Value);

    [GeneratedRegex("\\{([a-z]+)\\}")]
    private static partial Regex Group();
}

/// <summary>What in a refusal is about one field.</summary>
/// <param name="words">How the refusal says it, as a regular expression.</param>
/// <param name="field">The caller's field, or, where it begins with `spec.`, the field of the refused object.</param>
/// <param name="says">What is to be done there.</param>
internal sealed class AdmissionCause(string words, string field, string says)
{
    private readonly Regex _words = new(words, RegexOptions.CultureInvariant);

    /// <summary>Every place in the refusal that speaks of it, in the caller's words.</summary>
    public IEnumerable<(string Path, string Says)> In(string why, Func<string, string> path) =>
        from match in _words.Matches(why)
        let place = AdmissionRefusal.Fill(field, match)
        select (place.StartsWith("spec.", StringComparison.Ordinal) ? path(place) : place, AdmissionRefusal.Fill(says, match));
}
