using System.Text.Json.Nodes;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads.Policy;

/// <summary>Which labels and annotations the operator opens to callers, and which he closes.</summary>
internal static class KeyRules
{
    /// <summary>What is wrong with keys that a node or an injector reads; null where nothing is.</summary>
    public static string? Unopened(KeyPlaces place, JsonNode entries, PolicyOptions policy)
    {
        var opened = policy.RuntimeKeys.Select(text => new KeyPattern(text)).ToList();
        var refusals = from entry in Entries(entries)
                       where !opened.Exists(pattern => pattern.Covers(entry.Key, entry.Value))
                       let reserved = ReservedKeys.Runtime.Find(place, entry.Key, entry.Value)
                       where reserved is not null
                       select $"must not have {entry.Key}, which is read by {reserved.ReadBy}";
        return refusals.FirstOrDefault();
    }

    /// <summary>What is wrong with keys that the operator closes; null where nothing is.</summary>
    public static string? Closed(JsonNode entries, PolicyOptions policy)
    {
        var closed = policy.ReservedKeys.Select(text => new KeyPattern(text)).ToList();
        var refusals = from entry in Entries(entries)
                       where closed.Exists(pattern => pattern.Covers(entry.Key, entry.Value))
                       select $"must not have {entry.Key}: {entry.Value}";
        return refusals.FirstOrDefault();
    }

    /// <summary>Each wrong setting, beginning with its name.</summary>
    public static IEnumerable<string> KeyProblems(this PolicyOptions policy) =>
    [
        .. Malformed(nameof(policy.RuntimeKeys), policy.RuntimeKeys),
        .. Malformed(nameof(policy.ReservedKeys), policy.ReservedKeys),
        .. from text in policy.RuntimeKeys
           where !ReservedKeys.Runtime.Any(reserved => reserved.Key.Overlaps(new(text)))
           select $"RuntimeKeys has {text}, which opens nothing: docs/reserved-keys.md says what can be opened.",
    ];

    private static IEnumerable<string> Malformed(string setting, IReadOnlyList<string> patterns) =>
        from text in patterns
        where !KeyPattern.IsOne(text)
        select $"{setting} has '{text}', which is no key, key=value, domain/ or beginning*.";

    private static IEnumerable<(string Key, string Value)> Entries(JsonNode entries) =>
        entries.AsObject().Select(entry => (entry.Key, (string)entry.Value!));
}
