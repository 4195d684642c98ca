using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Gateway.Core.Workloads;

namespace Gateway.Core.Manifests.Companions;

/// <summary>
/// The hosts that an operator's template makes of workloads. A template that can be used tells all workloads apart: a name has `-` in it
/// as a project's name has, and no dot, so that a dot keeps both apart, and else a hash of namespace and name.
/// </summary>
public static partial class HostTemplate
{
    /// <summary>How long a label of a host may be.</summary>
    public const int LongestLabel = 63;

    private const string Name = "{name}";
    private const string Project = "{project}";
    private const string Port = "{port}";
    private const string Hash = "{hash}";
    private const int HashDigits = 10;

    private static readonly string[] All = [Name, Project, Port, Hash];

    /// <summary>Why a template cannot be used; null where it can.</summary>
    public static string? WrongWith(string template)
    {
        var (used, labels) = (PlaceholdersOf(template), template.Split('.'));
        var both = labels.FirstOrDefault(label => label.Contains(Name, StringComparison.Ordinal) && label.Contains(Project, StringComparison.Ordinal));
        return used.Except(All).FirstOrDefault() is { } unknown ? $"must not have {unknown}: there are {string.Join(", ", All)}"
            : used.Count > used.Distinct().Count() ? "must have each placeholder once at most"
            : !used.Contains(Name) ? "must have {name}, or the workloads of a project would have one host"
            : !used.Contains(Project) && !used.Contains(Hash) ? "must have {project} or {hash}, or workloads of different projects would have one host"
            : both is not null && !used.Contains(Hash) ? "must have {name} and {project} in labels of their own, or {hash}: a-b in the project c and a in b-c would have one host"
            : both is not null && IsBetween(both) ? "must not have {hash} between {name} and {project}, where it cannot be told from them"
            : labels.Any(RunsTogether) ? "must have '-' or '.' between placeholders"
            : !IsHost(Fill(template, "a", "a", "1", HashOf("a"))) ? "must be a host with placeholders: labels of at most 63 lower-case letters, digits and '-' between dots"
            : null;
    }

    /// <summary>The host at which a port of a workload is reached. What was made of a template before stays as it is, but for the port.</summary>
    public static string HostOf(string template, Placement placement, string name, string port) =>
        Fill(template, name, LabelOf(placement.Queue), port, HashOf($"{placement.Namespace}/{name}"));

    /// <summary>Whether a text can be a host of an Ingress: https://www.rfc-editor.org/rfc/rfc1123#section-2</summary>
    public static bool IsHost(string text) => KubernetesNames.IsObjectName(text) && text.Split('.').All(label => label.Length <= LongestLabel);

    private static List<string> PlaceholdersOf(string text) => [.. Placeholder().Matches(text).Select(match => match.Value)];

    private static bool IsBetween(string label) => PlaceholdersOf(label).Except([Port]).ToList().IndexOf(Hash) == 1;

    // A port and a hash have no '-' in them, so that it tells where they begin and end.
    private static bool RunsTogether(string label) => Placeholder().Split(label) is [_, .. var between, _] && between.Any(text => !text.Contains('-', StringComparison.Ordinal));

    private static string Fill(string template, string name, string project, string port, string hash) => template
        .Replace(Project, project, StringComparison.Ordinal)
        .Replace(Name, name, StringComparison.Ordinal)
        .Replace(Port, port, StringComparison.Ordinal)
        .Replace(Hash, hash, StringComparison.Ordinal);

    // A project's name may have what no host can. A hash of it follows then, and where it ends as if it had one, so that no two are alike.
    private static string LabelOf(string project)
    {
        if (PlainLabel().IsMatch(project) && !HashedLabel().IsMatch(project))
            return project;
        var plain = Unfit().Replace(project.ToLowerInvariant(), "-");
        return $"{plain[..Math.Min(plain.Length, LongestLabel - HashDigits - 1)]}-{HashOf(project)}";
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashDigits];

    [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainLabel();

    [GeneratedRegex("-[0-9a-f]{10}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex HashedLabel();

    [GeneratedRegex("[^-a-z0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex Unfit();
}
