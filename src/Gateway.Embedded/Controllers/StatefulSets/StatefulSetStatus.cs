using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Controllers.StatefulSets;

/// <summary>What a StatefulSet's status says.</summary>
internal static class StatefulSetStatus
{
    public static JsonObject Of(JsonObject standing, long generation, string revision, IReadOnlyList<PodView> pods)
    {
        var status = new JsonObject { ["observedGeneration"] = generation, ["replicas"] = pods.Count };
        var current = Current(standing, revision, pods);
        Count(status, "readyReplicas", pods.Count(IsReady));
        Count(status, "currentReplicas", pods.Count(pod => !pod.Deleting && Revision.Of(pod) == current));
        Count(status, "updatedReplicas", pods.Count(pod => !pod.Deleting && Revision.Of(pod) == revision));
        status["currentRevision"] = current;
        status["updateRevision"] = revision;
        status["collisionCount"] = 0;
        status["availableReplicas"] = pods.Count(IsReady);
        return status;
    }

    public static bool IsReady(PodView pod) => pod is { Phase: "Running", Ready: true };

    /// <summary>The revision that was rolled out before, until every pod has the new one.</summary>
    private static string Current(JsonObject standing, string revision, IReadOnlyList<PodView> pods) =>
        standing.Text("currentRevision") is { } current && pods.Any(pod => Revision.Of(pod) == current) ? current : revision;

    private static void Count(JsonObject status, string key, int count)
    {
        if (count > 0) status[key] = count;
    }
}
