using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Objects;

/// <summary>The condition of a pod that is about to be taken from its node: https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-conditions</summary>
internal static class Disruption
{
    public const string Condition = "DisruptionTarget";

    /// <summary>Marks a pod that has not ended.</summary>
    public static void Announce(ClusterObjects objects, string? space, string name, string reason, string message) =>
        objects.Store.Update(ResourceTypes.Pods, space, name, pod =>
        {
            var status = pod.Child("status");
            if (status.Text("phase") is "Succeeded" or "Failed") return null;
            var others = status.Items("conditions").Where(condition => condition.Text("type") != Condition).Select(condition => (JsonNode)condition.DeepClone());
            status["conditions"] = new JsonArray([Told(reason, message, objects.Now), .. others]);
            return pod;
        });

    private static JsonObject Told(string reason, string message, string now) => new()
    {
        ["type"] = Condition,
        ["status"] = "True",
        ["lastProbeTime"] = null,
        ["lastTransitionTime"] = now,
        ["reason"] = reason,
        ["message"] = message,
    };
}
