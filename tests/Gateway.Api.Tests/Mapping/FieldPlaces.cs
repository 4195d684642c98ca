using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Core.Manifests;
using Gateway.Core.Scheduling;
using Gateway.Core.Workloads;
using k8s;

namespace Gateway.Api.Tests.Mapping;

/// <summary>Where a field of a submission goes in the object, seen by what the stories' manifests lose without it.</summary>
internal static class FieldPlaces
{
    private static readonly string[] Maps = ["labels", "matchLabels", "annotations", "limits", "requests", "nodeSelector"];
    private static readonly string[] Wholes = [.. Maps, "metadata", "resources", "securityContext"];

    private static readonly IReadOnlyList<(JsonObject Asked, SchedulerDialect Dialect)> Stories =
    [
        .. from folder in Directory.EnumerateDirectories(Path.Combine(Repository.Root, "tests", "Gateway.Core.Tests", "Cases")).Order(StringComparer.Ordinal)
           let isKai = Path.GetFileName(folder).StartsWith("kai-", StringComparison.Ordinal)
           select (JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "request.json")))!.AsObject(), isKai ? SchedulerDialect.Kai : SchedulerDialect.RunAi),
    ];

    /// <summary>The places in the Job or StatefulSet, in alphabetical order.</summary>
    public static IReadOnlyList<string> Of(string path) =>
    [
        .. (from story in Stories
            let without = Without(story.Asked, path)
            where without is not null
            from place in Lost(Manifest(story.Asked, story.Dialect), Manifest(without, story.Dialect), "")
            select place).Distinct().Order(StringComparer.Ordinal),
    ];

    // Null where the story does not say it. A name cannot be left out: another takes its place.
    private static JsonObject? Without(JsonObject asked, string path)
    {
        var copy = asked.DeepClone().AsObject();
        if (path is "name")
            copy["name"] = "another";
        return path is "name" || Remove(copy, path.Split('.')) ? copy : null;
    }

    private static bool Remove(JsonObject from, ReadOnlySpan<string> path)
    {
        if (path is [var last])
            return from.Remove(last);
        if (!path[0].EndsWith("[]", StringComparison.Ordinal))
            return from[path[0]] is JsonObject next && Remove(next, path[1..]);
        var rest = path[1..].ToArray();
        return from[path[0][..^2]] is JsonArray items && items.RemoveAll(item => Remove(item!.DeepClone().AsObject(), rest)) > 0;
    }

    private static JsonNode Manifest(JsonObject asked, SchedulerDialect dialect)
    {
        var placement = new Placement { Namespace = "runai-team-a", Queue = "team-a", Dialect = dialect, SubmittedBy = "" };
        return JsonNode.Parse(KubernetesJson.Serialize(asked.Deserialize<WorkloadSubmission>(WorkloadJson.Options)!.ToManifest(placement, WorkloadDefaults.Standard)))!;
    }

    private static IEnumerable<string> Lost(JsonNode? with, JsonNode? without, string place) => (with, without) switch
    {
        _ when JsonNode.DeepEquals(with, without) => [],
        // What points at the workload's own pods does so by its name.
        _ when place.EndsWith(".labelSelector", StringComparison.Ordinal) => [],
        (JsonObject one, JsonObject other) => one.SelectMany(member => Lost(member.Value, other[member.Key], Below(place, member.Key))),
        (JsonArray one, JsonArray other) when one.Count == other.Count && one.All(item => item is JsonObject) => one.SelectMany((item, i) => Lost(item, other[i], $"{place}[]")),
        // Of these the member tells, not the whole.
        (JsonObject one, null) when Wholes.Contains(place[(place.LastIndexOf('.') + 1)..]) => one.SelectMany(member => Lost(member.Value, null, Below(place, member.Key))),
        _ => [place],
    };

    private static string Below(string place, string name) =>
        place.Length == 0 ? name : Maps.Contains(place[(place.LastIndexOf('.') + 1)..]) ? $"{place}[{name}]" : $"{place}.{name}";
}
