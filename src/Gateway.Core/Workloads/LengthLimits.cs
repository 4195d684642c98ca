using System.Collections;
using System.Collections.Concurrent;

namespace Gateway.Core.Workloads;

/// <summary>What in a request is longer than it may be, found before anything in it is looked at more closely.</summary>
public static class LengthLimits
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<LengthLimit>> Known = new();

    /// <summary>The limits of the members of a request, or of a part of it, that can be long or hold what is.</summary>
    public static IReadOnlyList<LengthLimit> Of(Type request) => Known.GetOrAdd(
        request, type => [.. WorkloadJson.Options.GetTypeInfo(type).Properties.Where(member => !member.PropertyType.IsValueType).Select(member => new LengthLimit(member))]);

    /// <summary>Everything that is too long, by its JSON path. Into a list that is too long nobody looks.</summary>
    public static IEnumerable<(string Path, string Message)> TooLong(object request)
    {
        foreach (var limit in Of(request.GetType()))
        {
            foreach (var (path, message) in TooLong(limit, limit.Of(request)))
                yield return (limit.Name + path, message);
        }
    }

    private static IEnumerable<(string Path, string Message)> TooLong(LengthLimit limit, object? value) => value switch
    {
        null => [],
        string text => Characters(text, limit.Length),
        IDictionary { Count: var count } when count > limit.Length => [("", $"must have at most {limit.Length} entries")],
        IDictionary entries => OfEntries(limit, entries),
        IList { Count: var count } when count > limit.Length => [("", $"must have at most {limit.Length} items")],
        IList items => limit.Items!.IsValueType ? [] : OfItems(limit, items),
        _ => Below(value),
    };

    private static IEnumerable<(string Path, string Message)> OfEntries(LengthLimit limit, IDictionary entries)
    {
        if (entries.Keys.Cast<string>().Any(key => key.Length > LengthLimit.Key))
            yield return ("", $"must have keys of at most {LengthLimit.Key} characters");
        if (entries.Values.OfType<string>().Any(text => text.Length > limit.ItemLength))
            yield return ("", $"must have values of at most {limit.ItemLength} characters");
    }

    private static IEnumerable<(string Path, string Message)> OfItems(LengthLimit limit, IList items)
    {
        for (var i = 0; i < items.Count; i++)
        {
            var found = items[i] is string text ? Characters(text, limit.ItemLength) : Below(items[i]);
            foreach (var (path, message) in found)
                yield return ($"[{i}]{path}", message);
        }
    }

    private static IEnumerable<(string Path, string Message)> Characters(string text, int? most) =>
        text.Length > most ? [("", $"must be at most {most} characters")] : [];

    private static IEnumerable<(string Path, string Message)> Below(object? part) =>
        part is null or ValueType ? [] : TooLong(part).Select(found => ($".{found.Path}", found.Message));
}
