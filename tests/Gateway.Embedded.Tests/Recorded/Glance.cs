using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Tests.Recorded;

/// <summary>What a state of an object looks like in one line: phases, conditions, containers and counts, without times and names.</summary>
internal static class Glance
{
    private static readonly string[] JobCounts = ["active", "ready", "succeeded", "failed", "terminating", "completedIndexes"];
    private static readonly string[] SetCounts = ["observedGeneration", "replicas", "readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas"];

    public static string At(StoredObject item)
    {
        var content = item.ToJson();
        var status = content.Child("status");
        var seen = item.Type.Kind switch
        {
            "Pod" => Pod(content.Metadata(), status),
            "Job" => Job(status),
            _ => Counts(status, SetCounts),
        };
        return item.Deleting ? $"deleting {seen}" : seen;
    }

    private static string Pod(JsonObject metadata, JsonObject status)
    {
        var containers = string.Join(", ", status.Items("containerStatuses").Select(Container));
        var seen = $"{status.Text("phase")} {Conditions(status)}".Trim();
        if (containers != "") seen += $" | {containers}";
        return metadata.Texts("finalizers").Contains("batch.kubernetes.io/job-tracking") ? $"{seen} | tracked" : seen;
    }

    private static string Container(JsonObject container)
    {
        var last = container.Child("lastState").Count > 0 ? $" after {State(container.Child("lastState"))}" : "";
        return $"{container.Text("name")} {State(container.Child("state"))}{last} restarts={container["restartCount"]}{(container.Flag("ready") == true ? " ready" : "")}";
    }

    private static string State(JsonObject state)
    {
        var (name, value) = (state.First().Key, state.First().Value!.AsObject());
        return name switch
        {
            "waiting" => $"waiting({value.Text("reason")})",
            "terminated" => $"terminated({value.Text("reason")} {value["exitCode"]})",
            _ => name,
        };
    }

    private static string Job(JsonObject status)
    {
        var uncounted = status["uncountedTerminatedPods"] as JsonObject ?? [];
        string[] parts =
        [
            Counts(status, JobCounts),
            uncounted.Count > 0 ? $"uncounted={string.Join(',', uncounted.Select(list => $"{list.Value!.AsArray().Count} {list.Key}"))}" : "",
            status.ContainsKey("startTime") ? "started" : "",
            status.ContainsKey("completionTime") ? "completed" : "",
        ];
        var seen = string.Join(' ', parts.Where(part => part != ""));
        return status.ContainsKey("conditions") ? $"{seen} | {Conditions(status)}" : seen;
    }

    private static string Counts(JsonObject status, string[] keys) =>
        string.Join(' ', keys.Where(status.ContainsKey).Select(key => $"{key}={status[key]}"));

    private static string Conditions(JsonObject status) => string.Join(' ', status.Items("conditions").Select(condition =>
        $"{condition.Text("type")}{(condition.Text("status") == "True" ? "+" : "-")}{(condition.Text("reason") is { } reason ? $"({reason})" : "")}"));
}
