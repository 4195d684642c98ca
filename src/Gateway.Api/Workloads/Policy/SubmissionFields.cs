using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads.Policy;

/// <summary>The fields of a submission by their JSON path, such as `scheduling.nodePool`.</summary>
internal static class SubmissionFields
{
    /// <summary>Whether a submission can have the field.</summary>
    public static bool Has(string path)
    {
        JsonTypeInfo? type = WorkloadJson.Options.GetTypeInfo(typeof(WorkloadSubmission));
        foreach (var name in path.Split('.'))
        {
            if (type?.Properties.FirstOrDefault(property => property.Name == name)?.PropertyType is not { } found)
                return false;
            type = WorkloadJson.Options.GetTypeInfo(found);
        }
        return true;
    }

    /// <summary>Whether the submission says something there.</summary>
    public static bool Says(this JsonNode? submission, string path)
    {
        foreach (var name in path.Split('.'))
            submission = (submission as JsonObject)?[name];
        return submission is not null and not JsonArray { Count: 0 } and not JsonObject { Count: 0 };
    }
}
