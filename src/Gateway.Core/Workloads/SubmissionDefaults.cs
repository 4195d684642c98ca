using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Core.Workloads;

/// <summary>What a submission leaves out, filled in from another.</summary>
public static class SubmissionDefaults
{
    // Filled in member by member. Any other field is the caller's as a whole: half of it may mean something else.
    private static readonly string[] Groups = ["scheduling", "security", "labels", "annotations"];

    /// <summary>The submission, with the other's value for each field that it leaves out or leaves empty.</summary>
    public static WorkloadSubmission Or(this WorkloadSubmission asked, WorkloadSubmission? defaults)
    {
        if (defaults is null)
            return asked;
        var filled = WorkloadJson.ToObject(asked);
        foreach (var (name, value) in WorkloadJson.ToObject(defaults))
        {
            if (IsAbsent(filled[name]))
                filled[name] = value?.DeepClone();
            else if (Groups.Contains(name))
                FillMembers(filled[name]!.AsObject(), value);
        }
        return filled.Deserialize<WorkloadSubmission>(WorkloadJson.Options)!;
    }

    private static void FillMembers(JsonObject group, JsonNode? defaults)
    {
        foreach (var (name, value) in defaults?.AsObject() ?? [])
        {
            if (IsAbsent(group[name]))
                group[name] = value?.DeepClone();
        }
    }

    private static bool IsAbsent(JsonNode? node) => node is null or JsonArray { Count: 0 } or JsonObject { Count: 0 };
}
