using System.Text.RegularExpressions;

namespace Gateway.Core.Listing;

/// <summary>
/// Which labels something must have, as `kubectl get -l` takes it: `a=b,c!=d,e in (f,g),h notin (i),j,!k`.
/// https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
/// </summary>
public sealed partial class LabelSelector
{
    private readonly IReadOnlyList<Requirement> _requirements;

    private LabelSelector(IReadOnlyList<Requirement> requirements) => _requirements = requirements;

    /// <summary>Reads a selector; null when it is none. Nothing selects everything.</summary>
    public static LabelSelector? Parse(string? text)
    {
        var parts = OneRequirement().Matches(text ?? "");
        return parts.Sum(part => part.Length) == (text?.Length ?? 0) ? new([.. parts.Select(Read)]) : null;
    }

    /// <summary>Whether the labels are as the selector says.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels) => _requirements.All(requirement => requirement.Holds(labels));

    // What is not equal, and what is not in a set, need not be there at all.
    private static Requirement Read(Match part)
    {
        var (key, operation) = (part.Groups["key"].Value, part.Groups["operation"].Value);
        return operation switch
        {
            "" => new(key, part.Groups["not"].Success, Values: null),
            "=" or "==" or "!=" => new(key, operation == "!=", [part.Groups["value"].Value]),
            _ => new(key, operation == "notin", [.. part.Groups["set"].Value.Split(',').Select(value => value.Trim())]),
        };
    }

    [GeneratedRegex(
        """
        \G \s* (?: (?<not>!) \s* (?<key>[A-Za-z0-9_./-]+)
                 | (?<key>[A-Za-z0-9_./-]+) (?: \s* (?<operation>==?|!=) \s* (?<value>[A-Za-z0-9_.-]*) | \s+ (?<operation>in|notin) \s* \( (?<set>[A-Za-z0-9_.,\s-]*) \) )? )
        \s* (?: ,(?=.) | $ )
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex OneRequirement();

    private sealed record Requirement(string Key, bool Not, IReadOnlyList<string>? Values)
    {
        public bool Holds(IReadOnlyDictionary<string, string> labels) =>
            Not != (labels.TryGetValue(Key, out var value) && Values?.Contains(value) != false);
    }
}
