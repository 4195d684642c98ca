using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Core.Manifests;
using Gateway.Core.Manifests.Companions;
using Gateway.Core.Scheduling;
using Gateway.Core.Workloads;
using k8s;

namespace Gateway.Api.Tests.Mapping;

/// <summary>Where a field of a submission goes in the objects that are made, seen by what those of the stories lose without it.</summary>
internal static class FieldPlaces
{
    private static readonly WorkloadDefaults Defaults = WorkloadDefaults.Standard with { IngressClass = "nginx", IngressHost = "{name}-{port}.{project}.apps.example.org" };
    private static readonly string[] Maps = ["labels", "matchLabels", "annotations", "limits", "requests", "nodeSelector"];
    private static readonly string[] Inner = ["labelSelector", "spec.selector", "volumes[].name", "volumeMounts[].name", "initContainers[].name"];
    private static readonly string[] Wholes = [.. Maps, "metadata", "resources", "securityContext"];

    private static readonly IReadOnlyList<(JsonObject Asked, SchedulerDialect Dialect)> Stories =
    [
        .. from folder in (string[])["Cases", "CompanionCases"]
           from story in Directory.EnumerateDirectories(Path.Combine(Repository.Root, "tests", "Gateway.Core.Tests", folder)).Order(StringComparer.Ordinal)
           let isKai = Path.GetFileName(story).StartsWith("kai-", StringComparison.Ordinal)
           select (JsonNode.Parse(File.ReadAllText(Path.Combine(story, "request.json")))!.AsObject(), isKai ? SchedulerDialect.Kai : SchedulerDialect.RunAi),
    ];

    /// <summary>The places, in alphabetical order: of the Job or StatefulSet, and with its kind before it of what is made beside.</summary>
    public static IReadOnlyList<string> Of(string path) => [.. Stories.SelectMany(story => Lost(story.Asked, path, story.Dialect)).Distinct().Order(StringComparer.Ordinal)];

    // A member of an item that cannot be left out alone goes with its item.
    private static IEnumerable<string> Lost(JsonObject asked, string path, SchedulerDialect dialect)
    {
        try
        {
            return Without(asked, path, wholeItems: false) is { } without ? Lost(Objects(asked, dialect), Objects(without, dialect)) : [];
        }
        catch (Exception) when (path.Contains("[]", StringComparison.Ordinal))
        {
            return Lost(Objects(asked, dialect), Objects(Without(asked, path, wholeItems: true)!, dialect));
        }
    }

    // Null where the story does not say it. A name cannot be left out: another takes its place.
    private static JsonObject? Without(JsonObject asked, string path, bool wholeItems)
    {
        var copy = asked.DeepClone().AsObject();
        if (path is not "name")
            return Remove(copy, path.Split('.'), wholeItems) ? copy : null;
        copy["name"] = "another";
        return copy;
    }

    private static bool Remove(JsonObject from, string[] path, bool wholeItems)
    {
        if (path is [var last])
            return from.Remove(last);
        if (!path[0].EndsWith("[]", StringComparison.Ordinal))
            return from[path[0]] is JsonObject next && Remove(next, path[1..], wholeItems);
        if (from[path[0][..^2]] is not JsonArray items)
            return false;
        var removed = items.Where(item => Remove(item!.AsObject(), path[1..], wholeItems)).ToList();
        if (wholeItems)
            removed.ForEach(item => items.Remove(item));
        return removed.Count > 0;
    }

    private static Dictionary<string, JsonNode> Objects(JsonObject asked, SchedulerDialect dialect)
    {
        var (submission, placement) = (asked.Deserialize<WorkloadSubmission>(WorkloadJson.Options)!, new Placement { Namespace = "runai-team-a", Queue = "team-a", Dialect = dialect, SubmittedBy = "" });
        var owner = submission.ToManifest(placement, Defaults);
        owner.Metadata.Uid = "0000";
        var companions = submission.ToCompanions(placement, Defaults, owner.ToOwnerReference()).Select(companion => ($"{companion.Kind}: ", companion.Metadata.Name, Json(companion)));
        return new[] { ("", owner.Metadata.Name, Json(owner)) }.Concat(companions).ToDictionary(one => one.Item1 + one.Name[submission.Name!.Length..], one => one.Item3);
    }

    private static JsonNode Json(object one) => JsonNode.Parse(KubernetesJson.Serialize(one))!;

    private static IEnumerable<string> Lost(Dictionary<string, JsonNode> with, Dictionary<string, JsonNode> without) =>
        with.SelectMany(one => without.TryGetValue(one.Key, out var other)
            ? Lost(one.Value, other, "").Select(place => one.Key.Split(' ') is [{ Length: > 0 } kind, ..] ? $"{kind} {place}" : place)
            : [one.Key.Split(':')[0]]);

    private static IEnumerable<string> Lost(JsonNode? with, JsonNode? without, string place) => (with, without) switch
    {
        _ when JsonNode.DeepEquals(with, without) => [],
        // Names that only hold the object together: pods are selected by the workload's, volumes are named by what they are.
        _ when Inner.Any(end => place.EndsWith(end, StringComparison.Ordinal)) => [],
        (JsonObject one, JsonObject other) => one.SelectMany(member => Lost(member.Value, other[member.Key], Below(place, member.Key))),
        (JsonArray one, JsonArray other) when one.Count == other.Count && one.All(item => item is JsonObject) => one.SelectMany((item, i) => Lost(item, other[i], $"{place}[]")),
        // Of these the member tells, not the whole.
        (JsonObject one, null) when Wholes.Contains(LastOf(place)) => one.SelectMany(member => Lost(member.Value, null, Below(place, member.Key))),
        _ => [place],
    };

    private static string Below(string place, string name) => place.Length == 0 ? name : Maps.Contains(LastOf(place)) ? $"{place}[{name}]" : $"{place}.{name}";

    private static string LastOf(string place) => place[(place.LastIndexOf('.') + 1)..];
}
