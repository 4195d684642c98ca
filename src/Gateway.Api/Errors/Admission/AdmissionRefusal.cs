using System.Text.RegularExpressions;

namespace Gateway.Api.Errors.Admission;

/// <summary>One way in which an admission plugin of Kubernetes says no, and what the caller is told.</summary>
/// <param name="plugin">The plugin, as the API server's `--enable-admission-plugins` names it.</param>
/// <param name="words">How its refusal begins, as a regular expression.</param>
/// <param name="type">The problem.</param>
/// <param name="by">Who refuses, or a whole sentence; empty where the refusal says so. `{…}` is a group of the words.</param>
/// <param name="causes">Which fields of the submission it is about.</param>
internal sealed class AdmissionRefusal(
    string plugin, string words, ProblemType type, string by, IReadOnlyList<AdmissionCause>? causes = null)
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
        var who = match.Fill(by);
        var found = path is null ? [] : (causes ?? []).SelectMany(cause => cause.In(why, path)).Distinct().ToArray();
        return found.Length > 0 ? AboutFields(who, found) : type.With(Sentence(who, why));
    }

    private Problem AboutFields(string who, (string Path, string Says)[] found) =>
        type.With($"{string.Join("; ", found.Select(one => $"{one.Path} {one.Says}"))}: {who}.") with
        {
            Errors = found.GroupBy(one => one.Path, one => $"{one.Says}: {who}").ToDictionary(field => field.Key, field => field.ToArray()),
        };

    private static string Sentence(string who, string why)
    {
        if (who.Length == 0)
        {
            return why;
        }
        return who.EndsWith('.') ? who : $"{char.ToUpperInvariant(who[0])}{who[1..]} refuses it: {why}";
    }
}
