using Gateway.Chart.Tests.Rendering;

namespace Gateway.Chart.Tests.Rights;

/// <summary>One verb on one resource, by one role.</summary>
internal sealed record Right(string Role, string Group, string Resource, string Name, string Verb)
{
    /// <summary>The rights in the table of docs/security.md.</summary>
    public static IEnumerable<Right> Documented(string release) =>
        from row in Repository.Rows(Repository.Page("security.md"))
        where row[0].StartsWith("`<release>-", StringComparison.Ordinal)
        from resource in row[2].Split(", ")
        from verb in row[3].Split(", ")
        let named = resource.Split(" named ")
        select new Right(Plain(row[0]).Replace("<release>", release, StringComparison.Ordinal), row[1] == "core" ? "" : Plain(row[1]), Plain(named[0]), named.Length > 1 ? Plain(named[1]) : "", verb);

    /// <summary>The rights that a ClusterRole or Role grants.</summary>
    public static IEnumerable<Right> Of(RenderedObject role) =>
        from rule in role.Content["rules"]!.AsArray()
        from @group in rule!["apiGroups"]!.AsArray()
        from resource in rule["resources"]!.AsArray()
        from verb in rule["verbs"]!.AsArray()
        from name in rule["resourceNames"]?.AsArray().Select(name => (string)name!) ?? [""]
        select new Right(role.Name, (string)@group!, (string)resource!, name, (string)verb!);

    private static string Plain(string cell) => cell.Trim('`');
}
