using System.Collections.ObjectModel;
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
        var mark = after is null ? null : Mark.Read(after, query);
        if (after is not null && mark is null)
            return null;
        var order = query.Order();
        var matching = workloads.Where(workload => query.Matches(workload)).ToList();
        var rest = mark is null ? matching : matching.FindAll(one => order(one, mark) > 0);
        // What comes before Take sorts no more than that many.
        var items = rest.Order(Comparer<T>.Create((a, b) => order(a, b))).Take(query.Limit).ToList();
        return new(items, rest.Count > items.Count ? Mark.At(items[^1], query) : null, matching.Count);
    }

    /// <summary>Whether a workload passes the filters.</summary>
    public static bool Matches(this ListQuery query, IListed workload) =>
        (query.Type is null || workload.Type == query.Type)
        && (query.Phases.Count == 0 || query.Phases.Contains(workload.Phase))
        && (query.User is null || workload.User == query.User)
        && (query.Search is null || workload.Name.Contains(query.Search, StringComparison.Ordinal))
        && (query.Labels is null || query.Labels.Matches(workload.Labels));

    private static Comparison<IListed> Order(this ListQuery query)
    {
        var sign = query.Sort.StartsWith('-') ? -1 : 1;
        Comparison<IListed> byKey = query.Key() switch
        {
            "createdAt" => (a, b) => Nullable.Compare(a.CreatedAt, b.CreatedAt),
            "phase" => (a, b) => string.CompareOrdinal(a.Phase, b.Phase),
            _ => (_, _) => 0,
        };
        return (a, b) => sign * (byKey(a, b) is not 0 and var order ? order : ByName(a, b));
    }

    private static int ByName(IListed a, IListed b) => string.CompareOrdinal(a.Name, b.Name) is not 0 and var byName ? byName : string.CompareOrdinal(a.Type, b.Type);

    private static string Key(this ListQuery query) => query.Sort.TrimStart('-');

    // Where a page ended, as a workload that stood there.
    private sealed record Mark(string Name, string Type, string Phase, DateTime? CreatedAt) : IListed
    {
        public string? User => null;

        public IReadOnlyDictionary<string, string> Labels => ReadOnlyDictionary<string, string>.Empty;

        public static Mark? Read(string text, ListQuery query)
        {
            if (ContinueToken.Parse(text, query) is not { } token)
                return null;
            if (query.Key() != "createdAt" || token.Key.Length == 0)
                return new(token.Name, token.Type, token.Key, CreatedAt: null);
            return DateTime.TryParseExact(token.Key, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? new(token.Name, token.Type, "", at) : null;
        }

        public static string At(IListed workload, ListQuery query)
        {
            var key = query.Key() switch
            {
                "createdAt" => workload.CreatedAt?.ToString("O", CultureInfo.InvariantCulture) ?? "",
                "phase" => workload.Phase,
                _ => workload.Name,
            };
            return new ContinueToken(key, workload.Name, workload.Type, ContinueToken.ListOf(query)).ToString();
        }
    }
}
