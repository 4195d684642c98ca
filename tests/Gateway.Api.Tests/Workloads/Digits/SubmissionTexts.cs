using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Gateway.Core.Workloads;

namespace Gateway.Api.Tests.Workloads.Digits;

/// <summary>Every text that a submission can have, each in a valid submission: a story that says it.</summary>
internal static class SubmissionTexts
{
    private static readonly IReadOnlyList<JsonObject> Stories =
    [
        .. from folder in (string[])["Cases", "CompanionCases"]
           let stories = Path.Combine(Repository.Root, "tests", "Gateway.Core.Tests", folder)
           from story in Directory.EnumerateDirectories(stories)
           where !Path.GetFileName(story).StartsWith("kai-", StringComparison.Ordinal)
           orderby story
           select JsonNode.Parse(File.ReadAllText(Path.Combine(story, "request.json")))!.AsObject(),
        new() { ["type"] = "train", ["namePrefix"] = "sweep-1", ["image"] = "busybox" },
    ];

    /// <summary>The paths of all texts, with `[]` for items and entries, and `{}` for the keys of entries.</summary>
    public static IReadOnlyList<string> Paths { get; } = [.. Of(Info(typeof(WorkloadSubmission)), "")];

    /// <summary>A submission with another text in that place.</summary>
    public static JsonObject With(string path, Func<string, string> change) =>
        Stories.Select(story => story.DeepClone().AsObject())
            .FirstOrDefault(story => Change(story, path.Split('.'), change))
            ?? throw new InvalidOperationException($"No story says {path}.");

    private static IEnumerable<string> Of(JsonTypeInfo type, string path) => type.Kind switch
    {
        JsonTypeInfoKind.Object =>
            type.Properties.SelectMany(member => Of(Info(member.PropertyType), Below(path, member.Name))),
        JsonTypeInfoKind.Enumerable => Of(Info(type.ElementType!), $"{path}[]"),
        JsonTypeInfoKind.Dictionary => Of(Info(type.ElementType!), $"{path}[]").Append($"{path}{{}}"),
        _ => type.Type == typeof(string) ? [path] : [],
    };

    private static string Below(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static JsonTypeInfo Info(Type type) => WorkloadJson.Options.GetTypeInfo(type);

    private static bool Change(JsonNode? at, ReadOnlySpan<string> path, Func<string, string> change)
    {
        if (at is not JsonObject members)
        {
            return false;
        }
        var name = path[0].TrimEnd('[', ']', '{', '}');
        if (path[0].EndsWith("{}", StringComparison.Ordinal))
        {
            return Rename(members[name], change);
        }
        var places = path[0] == name ? [members[name]] : Items(members[name]);
        foreach (var place in places.OfType<JsonNode>())
        {
            if (path.Length > 1 ? Change(place, path[1..], change) : Replace(place, change))
            {
                return true;
            }
        }
        return false;
    }

    private static List<JsonNode?> Items(JsonNode? list) => list switch
    {
        JsonArray items => [.. items],
        JsonObject entries => [.. entries.Select(entry => entry.Value)],
        _ => [],
    };

    private static bool Replace(JsonNode text, Func<string, string> change)
    {
        text.ReplaceWith(change((string)text!));
        return true;
    }

    private static bool Rename(JsonNode? entries, Func<string, string> change)
    {
        if (entries is not JsonObject { Count: > 0 } members)
        {
            return false;
        }
        var (key, value) = members.First();
        members.Remove(key);
        members[change(key)] = value;
        return true;
    }
}
