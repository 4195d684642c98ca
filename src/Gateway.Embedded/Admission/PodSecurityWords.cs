using System.Text.Json.Nodes;
using Gateway.Embedded.Kinds.Pods;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Admission;

/// <summary>How the API server words what is against a Pod Security level. Nothing is said of nobody.</summary>
internal static class PodSecurityWords
{
    public static string? Says(string reason, string detail) => detail.Length == 0 ? null : $"{reason} ({detail})";

    /// <summary>The things by their names, and what they must do.</summary>
    public static string Of(string what, string?[] names, string must = "") =>
        names.Length == 0 ? "" : $"{Plural(what, names)} {Quoted(names)} {must}".TrimEnd();

    public static IEnumerable<JsonObject> Containers(JsonObject spec) => PodTemplateRules.Containers(spec);

    /// <summary>The names of the containers for which it holds.</summary>
    public static string?[] Containers(JsonObject spec, Func<JsonObject, bool> holds) =>
        Names(Containers(spec).Where(holds));

    public static string?[] Names(IEnumerable<JsonObject> items) => [.. items.Select(item => item.Text("name"))];

    public static string Joined(string separator, params string[] words) =>
        string.Join(separator, words.Where(word => word.Length > 0));

    public static string Plural(string word, string?[] of) => of.Length == 1 ? word : $"{word}s";

    public static string Uses(string?[] who) => who.Length == 1 ? "uses" : "use";

    public static string Quoted(string?[] names) => string.Join(", ", names.Select(name => $"\"{name}\""));
}
