using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Core.Workloads;

/// <summary>Short texts that tell whether two submissions are the same one, sent twice.</summary>
public static class Fingerprint
{
    /// <summary>The version that every fingerprint made here begins with.</summary>
    public const string Version = "v1";

    /// <summary>
    /// The fingerprint of what the caller asked for, before defaults and policy: `v1:` and the SHA-256 of its canonical JSON, in
    /// which the order of keys, the spelling of numbers, and null, empty or absent members make no difference.
    /// </summary>
    public static string Of(WorkloadSubmission submission)
    {
        var asked = JsonSerializer.SerializeToNode(submission, WorkloadJson.Options);
        return $"{Version}:{Hash(Canonical(asked)?.ToJsonString() ?? "")}";
    }

    /// <summary>The hash of an idempotency key, so that the key itself is stored nowhere.</summary>
    public static string OfKey(string idempotencyKey) => Hash(idempotencyKey);

    /// <summary>Whether a stored fingerprint stands for the same submission. One of another version does, so that an upgrade never breaks a retry.</summary>
    public static bool Same(string? stored, string fingerprint) =>
        stored is null || !stored.StartsWith(Version + ":", StringComparison.Ordinal) || stored == fingerprint;

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static JsonNode? Canonical(JsonNode? node) => node switch
    {
        JsonObject members => CanonicalObject(members),
        JsonArray items => items.Count == 0 ? null : new JsonArray([.. items.Select(Canonical)]),
        JsonValue value when value.TryGetValue(out decimal number) => number.ToString("G29", CultureInfo.InvariantCulture),
        _ => node?.DeepClone(),
    };

    private static JsonObject? CanonicalObject(JsonObject members)
    {
        var kept = members.Select(m => KeyValuePair.Create(m.Key, Canonical(m.Value))).Where(m => m.Value is not null).ToList();
        return kept.Count == 0 ? null : new JsonObject(kept.OrderBy(m => m.Key, StringComparer.Ordinal));
    }
}
