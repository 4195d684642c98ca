using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Controllers.Jobs;

/// <summary>
/// A Job's own rules for pods that failed, of which the first that fits decides:
/// https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy
/// </summary>
internal sealed class FailurePolicy(JsonObject? policy)
{
    /// <summary>Whether the failure of a pod counts for nothing.</summary>
    public bool Ignores(PodView pod) => Fitting(pod)?.Action == "Ignore";

    /// <summary>Whether it ends the pod's index.</summary>
    public bool FailsIndex(PodView pod) => Fitting(pod)?.Action == "FailIndex";

    /// <summary>Why a pod ends the Job; null where none does.</summary>
    public string? FailsJob(IEnumerable<PodView> pods) => pods.Select(Fitting).FirstOrDefault(fitting => fitting?.Action == "FailJob")?.Message;

    private Verdict? Fitting(PodView pod) => pod.Phase != "Failed" ? null
        : (policy?.Items("rules") ?? []).Select((rule, number) => Fits(rule, number, pod)).FirstOrDefault(fitting => fitting is not null);

    private static Verdict? Fits(JsonObject rule, int number, PodView pod)
    {
        var action = rule.Text("action") ?? "";
        var what = Exit(rule["onExitCodes"] as JsonObject, pod) ?? Condition(rule.Items("onPodConditions"), pod);
        return what is null ? null : new(action, $"{what} matching {action} rule at index {number}");
    }

    private static string? Exit(JsonObject? asked, PodView pod)
    {
        if (asked is null) return null;
        var codes = (asked["values"] as JsonArray ?? []).Select(value => (long)value!).ToArray();
        var isIn = asked.Text("operator") == "In";
        var named = asked.Text("containerName");
        return pod.Exits.Where(exit => exit.Code != 0 && (named is null || exit.Container == named) && codes.Contains(exit.Code) == isIn)
            .Select(exit => $"Container {exit.Container} for pod {pod.Stored.Namespace}/{pod.Stored.Name} failed with exit code {exit.Code}")
            .FirstOrDefault();
    }

    private static string? Condition(IEnumerable<JsonObject> asked, PodView pod) => asked
        .Where(one => pod.Has(one.Text("type"), one.Text("status") ?? "True"))
        .Select(one => $"Pod {pod.Stored.Namespace}/{pod.Stored.Name} has condition {one.Text("type")}")
        .FirstOrDefault();

    private sealed record Verdict(string Action, string Message);
}
