using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Gateway.Embedded.Tests;

/// <summary>One step of a story: how it is sent, and how its answer is compared.</summary>
internal static partial class CaseStep
{
    public static Task<Answer> SendAsync(ClusterClient client, JsonObject step, IReadOnlyDictionary<string, string> known)
    {
        var (method, path) = step["request"]!.ToString().Split(' ') is [var verb, var target] ? (verb, target) : throw new FormatException($"{step["request"]}");
        var body = step["raw"]?.ToString() ?? step["body"]?.ToJsonString();
        return client.SendTextAsync(method, Fill(path, known), body is null ? null : Fill(body, known), step["type"]?.ToString() ?? "application/json",
            step["as"] is { } name ? known[name.ToString()] : client.Cluster.AdminToken, step["accept"]?.ToString());
    }

    public static IEnumerable<string> Differences(JsonObject step, Answer answer, IReadOnlyDictionary<string, string> known)
    {
        var wanted = JsonNode.Parse(Fill(step.ToJsonString(), known))!.AsObject();
        if (answer.Status != (int)wanted["status"]!) yield return $"status: wanted {wanted["status"]}, got {answer.Status} {answer.Text}";
        if (wanted["text"] is { } text && text.ToString() != answer.Text) yield return $"text: wanted {text}, got {answer.Text}";
        foreach (var key in new[] { "reason", "message" })
            if (wanted[key] is { } value && value.ToString() != answer.At(key)) yield return $"{key}: wanted {value}, got {answer.At(key)}";
        if (wanted["warning"] is { } warning && warning.ToString() != answer.Warning) yield return $"warning: wanted {warning}, got {answer.Warning}";
        var causes = answer.Text.StartsWith('{') ? (answer.Body["details"]?["causes"] as JsonArray)?.Select(cause => $"{cause!["reason"]} {cause["field"]}") : null;
        if (wanted["causes"] is JsonArray causesWanted && !causesWanted.Select(cause => cause!.ToString()).SequenceEqual(causes ?? [])) yield return $"causes: wanted {causesWanted}, got {string.Join(", ", causes ?? [])}";
        if (wanted["details"] is { } details) foreach (var difference in Missing(details, answer.Body["details"], "details")) yield return difference;
        if (wanted["body-has"] is { } content) foreach (var difference in Missing(content, answer.Body, "")) yield return difference;
    }

    /// <summary>What is wanted and not there; more may be.</summary>
    private static IEnumerable<string> Missing(JsonNode? wanted, JsonNode? got, string path) => (wanted, got) switch
    {
        (JsonObject fields, JsonObject found) => fields.SelectMany(field => Missing(field.Value, found[field.Key], $"{path}/{field.Key}")),
        (JsonArray items, JsonArray found) when items.Count == found.Count => items.Zip(found).SelectMany((pair, index) => Missing(pair.First, pair.Second, $"{path}/{index}")),
        _ when JsonNode.DeepEquals(wanted, got) => [],
        _ => [$"{path}: wanted {wanted?.ToJsonString() ?? "null"}, got {got?.ToJsonString() ?? "null"}"],
    };

    private static string Fill(string text, IReadOnlyDictionary<string, string> known) =>
        Placeholder().Replace(text, match => known.GetValueOrDefault(match.Groups[1].Value, match.Value));

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Placeholder();
}
