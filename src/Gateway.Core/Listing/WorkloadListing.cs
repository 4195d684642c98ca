using System.Globalization;

namespace Gateway.Core.Listing;

/// <summary>Filters, sorts and pages workloads.</summary>
public static class WorkloadListing
{
    /// <summary>
    /// The page of the matching workloads that follows <paramref name="after"/> (a `continue` of this very list, or null for the
    /// first page); null when that is no such token. None that stands throughout is missed or repeated, except when sorted by phase,
    /// which changes under the reader.
    /// </summary>
    public static ListedPage<T>? Page<T>(this IEnumerable<T> workloads, ListQuery query, string? after)
        where T : IListed
    {
        var token = after is null ? null : ContinueToken.Parse(after, query);
        if (after is not null && token is null)
            return null;
        var matching = workloads.Where(workload => query.Matches(workload)).Select(workload => (At: workload.Position(query), Workload: workload)).ToList();
        var order = query.Order();
        matching.Sort((a, b) => order(a.At, b.At));
        var rest = token is null ? matching : matching.FindAll(one => order(one.At, (token.Key, token.Name, token.Type)) > 0);
        var items = rest.Take(query.Limit).Select(one => one.Workload).ToList();
        return new(items, rest.Count > items.Count ? items[^1].Token(query) : null, matching.Count);
    }

    /// <summary>Whether a workload passes the filters.</summary>
    public static bool Matches(this ListQuery query, IListed workload) =>
        (query.Type is null || workload.Type == query.Type)
        && (query.Phases.Count == 0 || query.Phases.Contains(workload.Phase))
        && (query.User is null || workload.User == query.User)
        && (query.Search is null || workload.Name.Contains(query.Search, StringComparison.Ordinal))
        && (query.Labels is null || query.Labels.Matches(workload.Labels));

    private static Comparison<(string Key, string Name, string Type)> Order(this ListQuery query)
    {
        var sign = query.Sort.StartsWith('-') ? -1 : 1;
        return (a, b) => sign * Compare(a, b);
    }

    private static int Compare((string Key, string Name, string Type) a, (string Key, string Name, string Type) b) =>
        string.CompareOrdinal(a.Key, b.Key) is not 0 and var byKey ? byKey
        : string.CompareOrdinal(a.Name, b.Name) is not 0 and var byName ? byName
        : string.CompareOrdinal(a.Type, b.Type);

    private static (string Key, string Name, string Type) Position(this IListed workload, ListQuery query) =>
        (query.Sort.TrimStart('-') switch
        {
            "createdAt" => workload.CreatedAt?.ToString("O", CultureInfo.InvariantCulture) ?? "",
            "phase" => workload.Phase,
            _ => workload.Name,
        }, workload.Name, workload.Type);

    private static string Token(this IListed workload, ListQuery query)
    {
        var (key, name, type) = workload.Position(query);
        return new ContinueToken(key, name, type, ContinueToken.ListOf(query)).ToString();
    }
}
