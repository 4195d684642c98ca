using System.Text.RegularExpressions;

namespace Gateway.Api.Workloads.Policy;

/// <summary>A path of the nodes that may be mounted, with all below it: an entry of the settings.</summary>
internal sealed partial record HostPath(string Path, bool Writable)
{
    /// <summary>`/data` may be read, `/data:rw` written to. Null where the entry is neither.</summary>
    public static HostPath? Parse(string entry) =>
        Entry().Match(entry) is { Success: true } match && Steps(match.Groups["path"].Value) is { } steps
            ? new($"/{string.Join('/', steps)}", match.Groups["mode"].Value == "rw")
            : null;

    /// <summary>
    /// What of a path lies below this one: `a/b` of `/data/a/b`, nothing of `/data/`. Null for `/database`, and for
    /// what is not absolute or goes up again.
    /// </summary>
    public string? Below(string path) =>
        path.StartsWith('/')
        && Steps(path) is { } steps
        && Steps(Path) is { } own
        && steps.Take(own.Count).SequenceEqual(own)
            ? string.Join('/', steps.Skip(own.Count))
            : null;

    // Null where one of them goes up.
    private static List<string>? Steps(string path)
    {
        var steps = path.Split('/').Where(step => step is not ("" or ".")).ToList();
        return steps.Contains("..") ? null : steps;
    }

    [GeneratedRegex(@"^(?<path>/[^:]*)(:(?<mode>ro|rw))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Entry();
}
