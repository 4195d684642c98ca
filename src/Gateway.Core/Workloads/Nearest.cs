namespace Gateway.Core.Workloads;

/// <summary>Finds what a misspelt word was meant to be.</summary>
public static class Nearest
{
    private const int LongestWord = 64;

    /// <summary>
    /// The known word that takes fewest changes of a letter (Levenshtein distance, upper and lower case alike) to come to;
    /// null where that would be more than a third of the word's letters, or more than two of a short word's.
    /// </summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        if (word.Length is 0 or > LongestWord)
        {
            return null;
        }
        var nearest = known.MinBy(candidate => Distance(word, candidate));
        var bearable = Math.Max(Math.Min(2, word.Length - 1), word.Length / 3);
        return nearest is not null && Distance(word, nearest) <= bearable ? nearest : null;
    }

    // One row of the matrix at a time: https://en.wikipedia.org/wiki/Levenshtein_distance
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var same = char.ToUpperInvariant(from[i - 1]) == char.ToUpperInvariant(to[j - 1]);
                var change = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
