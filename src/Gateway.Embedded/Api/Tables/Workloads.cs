using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Api.Tables;

/// <summary>What cells say of the state of things.</summary>
internal static class Workloads
{
    public static IEnumerable<JsonObject> Containers(JsonObject workload) => workload.Child("spec").Child("template").Child("spec").Items("containers");

    public static string JobStatus(JsonObject job)
    {
        if (Holds(job, "Complete")) return "Complete";
        if (Holds(job, "Failed")) return "Failed";
        if (job.Metadata().ContainsKey("deletionTimestamp")) return "Terminating";
        if (Holds(job, "Suspended")) return "Suspended";
        if (Holds(job, "FailureTarget")) return "FailureTarget";
        return Holds(job, "SuccessCriteriaMet") ? "SuccessCriteriaMet" : "Running";
    }

    public static string Completions(JsonObject job)
    {
        var (done, wanted) = (job.Child("status").Number("succeeded") ?? 0, job.Child("spec").Number("completions"));
        var parallelism = job.Child("spec").Number("parallelism") ?? 0;
        return wanted is { } all ? $"{done}/{all}" : parallelism > 1 ? $"{done}/1 of {parallelism}" : $"{done}/1";
    }

    public static string Duration(JsonObject job, DateTimeOffset now)
    {
        if (job.Child("status").Text("startTime") is not { } start) return "";
        return Durations.Since(start, job.Child("status").Text("completionTime") is { } end ? DateTimeOffset.Parse(end) : now);
    }

    public static string Ready(JsonObject pod) =>
        $"{Containers(pod, "containerStatuses").Count(container => container.Flag("ready") == true)}/{pod.Child("spec").Items("containers").Count()}";

    /// <summary>The phase, or what a container says where it knows better.</summary>
    public static string PodStatus(JsonObject pod)
    {
        var reason = pod.Child("status").Text("reason") ?? pod.Child("status").Text("phase") ?? "Unknown";
        foreach (var container in Containers(pod, "containerStatuses"))
            if (container["state"]?["waiting"] is JsonObject waiting && waiting.Text("reason") is { Length: > 0 } why) reason = why;
            else if (container["state"]?["terminated"] is JsonObject ended) reason = ended.Text("reason") ?? $"ExitCode:{ended.Number("exitCode")}";
        return pod.Metadata().ContainsKey("deletionTimestamp") ? "Terminating" : reason;
    }

    public static string Restarts(JsonObject pod) => Containers(pod, "containerStatuses").Sum(container => container.Number("restartCount") ?? 0).ToString();

    public static string NodeStatus(JsonObject node) =>
        (Holds(node, "Ready") ? "Ready" : "NotReady") + (node.Child("spec").Flag("unschedulable") == true ? ",SchedulingDisabled" : "");

    public static string Used(JsonObject quota) =>
        string.Join(", ", quota.Child("status").Child("hard").Select(limit => $"{limit.Key}: {quota.Child("status").Child("used")[limit.Key]}/{limit.Value}"));

    public static string Role(JsonObject binding) => $"{binding.Child("roleRef").Text("kind")}/{binding.Child("roleRef").Text("name")}";

    private static IEnumerable<JsonObject> Containers(JsonObject pod, string list) => pod.Child("status").Items(list);

    private static bool Holds(JsonObject item, string condition) =>
        item.Child("status").Items("conditions").Any(found => found.Text("type") == condition && found.Text("status") == "True");
}
