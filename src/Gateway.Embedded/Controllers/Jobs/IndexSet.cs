namespace Gateway.Embedded.Controllers.Jobs;

/// <summary>Completion indexes as a Job's status writes them: <c>0,2-5</c>.</summary>
internal static class IndexSet
{
    public static SortedSet<int> Parse(string? text)
    {
        var indexes = new SortedSet<int>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var bounds = part.Split('-').Select(int.Parse).ToArray();
            indexes.UnionWith(Enumerable.Range(bounds[0], bounds[^1] - bounds[0] + 1));
        }
        return indexes;
    }

    /// <summary>Three or more in a row are a range, two are not.</summary>
    public static string Write(SortedSet<int> indexes)
    {
        var parts = new List<string>();
        foreach (var first in indexes.Where(index => !indexes.Contains(index - 1)))
        {
            var last = first;
            while (indexes.Contains(last + 1)) last++;
            parts.Add(last == first ? $"{first}" : last == first + 1 ? $"{first},{last}" : $"{first}-{last}");
        }
        return string.Join(',', parts);
    }
}
