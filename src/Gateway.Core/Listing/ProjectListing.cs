using Gateway.Core.Workloads;

namespace Gateway.Core.Listing;

/// <summary>Pages projects.</summary>
public static class ProjectListing
{
    private static readonly ListQuery Query = new() { Sort = "name", Scope = ["projects"] };

    /// <summary>
    /// The page of projects, which come in order of name and namespace, that follows <paramref name="after"/>: a `continue` of this list, or null for
    /// the first page. Null when that is no such token.
    /// </summary>
    public static ProjectPage? Page(this IReadOnlyList<ProjectEntry> projects, int limit, string? after)
    {
        var token = after is null ? null : ContinueToken.Parse(after, Query);
        if (after is not null && token is null)
            return null;
        var rest = projects.Where(project => token is null || Follows(project, token)).ToList();
        var items = rest.Take(limit).ToList();
        return new()
        {
            Items = items,
            Continue = rest.Count > items.Count ? new ContinueToken("", items[^1].Name, items[^1].Namespace, ContinueToken.ListOf(Query)).ToString() : null,
            Total = projects.Count,
        };
    }

    private static bool Follows(ProjectEntry project, ContinueToken token) =>
        string.CompareOrdinal(project.Name, token.Name) is not 0 and var byName ? byName > 0 : string.CompareOrdinal(project.Namespace, token.Type) > 0;
}
