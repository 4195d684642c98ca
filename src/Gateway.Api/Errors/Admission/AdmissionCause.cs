using System.Text.RegularExpressions;

namespace Gateway.Api.Errors.Admission;

/// <summary>What in a refusal is about one field.</summary>
/// <param name="words">How the refusal says it, as a regular expression.</param>
/// <param name="field">The caller's field, or, where it begins with `spec.`, the field of the refused object.</param>
/// <param name="says">What is to be done there. `{…}` is a group of the words, as in the field.</param>
internal sealed class AdmissionCause(string words, string field, string says)
{
    private readonly Regex _words = new(words, RegexOptions.CultureInvariant);

    /// <summary>Every place in the refusal that speaks of it, in the caller's words.</summary>
    public IEnumerable<(string Path, string Says)> In(string why, Func<string, string> path) =>
        from match in _words.Matches(why)
        let place = match.Fill(field)
        select (place.StartsWith("spec.", StringComparison.Ordinal) ? path(place) : place, match.Fill(says));
}

/// <summary>Texts with places for what a regular expression caught.</summary>
internal static partial class CaughtWords
{
    /// <summary>The text, in which `{…}` is the group of that name.</summary>
    public static string Fill(this Match match, string text) => Group().Replace(text, group => match.Groups[group.Groups[1].Value].Value);

    [GeneratedRegex("\\{([a-z]+)\\}")]
    private static partial Regex Group();
}
