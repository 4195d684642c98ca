using System.Text.Json;
using Gateway.Core.Workloads;

namespace Gateway.Api.Errors;

/// <summary>Errors by path in an answer that has a greatest size: of a document that is wrong all over, the first that fit.</summary>
internal static class BoundedErrors
{
    /// <summary>The greatest size of the errors of one problem, in bytes.</summary>
    public const int Most = 16 * 1024;

    /// <summary>The path that stands for those that are left out.</summary>
    public const string More = "...";
    private const int MostOfOnePath = 10;
    private const int LongestText = 500;

    // What the entry for those takes itself.
    private const int RoomForMore = 64;

    /// <summary>The first errors, as many as have room in so many bytes; the last entry says how many paths are left out.</summary>
    public static IReadOnlyDictionary<string, string[]> Within(this IReadOnlyDictionary<string, string[]> errors, int bytes)
    {
        var kept = new Dictionary<string, string[]>();
        var room = bytes - RoomForMore;
        foreach (var (path, because) in errors)
        {
            var (shown, words) = (Cut(path, LongestText), because.Take(MostOfOnePath).Select(text => Cut(text, LongestText)).ToArray());
            room -= JsonSerializer.SerializeToUtf8Bytes(KeyValuePair.Create(shown, words), WorkloadJson.Options).Length;
            if (room < 0)
            {
                kept[More] = [$"{errors.Count - kept.Count} more are wrong"];
                break;
            }
            kept.TryAdd(shown, words);
        }
        return kept;
    }

    /// <summary>The text, of which a caller may be the author, cut off where it is long.</summary>
    public static string Cut(string text, int most) => text.Length <= most ? text : $"{text[..most]}...";
}
