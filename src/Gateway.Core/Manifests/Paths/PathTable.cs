using System.Text.RegularExpressions;

namespace Gateway.Core.Manifests.Paths;

/// <summary>
/// From fields to the caller's paths, as data. `[*]` is any index, and goes where the path has `*`; `**` at the end is whatever
/// follows, where both spell it alike; `***` is anything and is dropped, as is what follows any other field. The longest row decides.
/// </summary>
internal sealed partial class PathTable(params IEnumerable<(string Field, string Path)> rows)
{
    private readonly (Regex Field, string Path)[] rows = [.. from row in rows orderby row.Field.Length descending select (Pattern(row.Field), row.Path)];

    /// <summary>The caller's path; null when no row speaks of the field.</summary>
    public string? Find(string field) => (
        from row in rows
        let match = row.Field.Match(field)
        where match.Success
        select Fill(row.Path, match)).FirstOrDefault();

    private static Regex Pattern(string field)
    {
        var pattern = Regex.Escape(field).Replace(@"[\*]", "[*]", StringComparison.Ordinal)
            .Replace(@"\[*]", @"\[([0-9]+)\]", StringComparison.Ordinal)
            .Replace(@"\*\*\*", ".*", StringComparison.Ordinal)
            .Replace(@"\*\*", @"((?:[.\[].*)?)", StringComparison.Ordinal);
        return new($@"^{pattern}(?:[.\[].*)?$", RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    private static string Fill(string path, Match match)
    {
        var next = 1;
        return Star().Replace(path, _ => match.Groups[next++].Value);
    }

    [GeneratedRegex(@"\*+")]
    private static partial Regex Star();
}
