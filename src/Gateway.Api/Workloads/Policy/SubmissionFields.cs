using System.Text.Json.Nodes;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads.Policy;

/// <summary>The fields of a submission by their JSON path, such as `scheduling.nodePool`, or `args[]` for the items of a list.</summary>
internal static class SubmissionFields
{
    /// <summary>Whether a submission can have the field.</summary>
    public static bool Has(string path)
    {
        var type = WorkloadJson.Options.GetTypeInfo(typeof(WorkloadSubmission));
        foreach (var step in path.Split('.'))
        {
            var (name, ofItems) = Read(step);
            var member = type.Properties.FirstOrDefault(property => property.Name == name) is { } property ? WorkloadJson.Options.GetTypeInfo(property.PropertyType) : null;
            var found = ofItems ? member?.ElementType : member?.Type;
            if (found is null)
                return false;
            type = WorkloadJson.Options.GetTypeInfo(found);
        }
        return true;
    }

    /// <summary>What the submission says there, under the path with its numbers (`args[0]`); nothing for what is absent or empty.</summary>
    public static IEnumerable<(string Path, JsonNode Value)> Find(this JsonObject submission, string path)
    {
        IEnumerable<(string Path, JsonNode Value)> found = [("", submission)];
        foreach (var step in path.Split('.'))
        {
            var (name, ofItems) = Read(step);
            found = found.SelectMany(at => Below(at, name));
            found = ofItems ? found.SelectMany(Items) : found;
        }
        return found;
    }

    private static (string Name, bool OfItems) Read(string step) => step.EndsWith("[]", StringComparison.Ordinal) ? (step[..^2], true) : (step, false);

    private static IEnumerable<(string Path, JsonNode Value)> Below((string Path, JsonNode Value) at, string name) =>
        at.Value is JsonObject members && members[name] is { } member and not JsonArray { Count: 0 } and not JsonObject { Count: 0 }
            ? [(at.Path.Length == 0 ? name : $"{at.Path}.{name}", member)]
            : [];

    private static IEnumerable<(string Path, JsonNode Value)> Items((string Path, JsonNode Value) list) =>
        list.Value.AsArray().Select((item, i) => ($"{list.Path}[{i}]", item!));
}
