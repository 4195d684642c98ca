using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Scheduler;

/// <summary>How nodes stand in the API.</summary>
internal static class NodeObject
{
    public const string Gpu = "nvidia.com/gpu";
    public const string GpuMemory = "nvidia.com/gpu.memory";
    private const string Lost = "embedded.workload-gateway.io/lost";

    /// <summary>Whether the node is out of touch: an annotation says so.</summary>
    public static bool IsLost(StoredObject node) => (node.ToJson().Metadata()["annotations"] as JsonObject)?.Text(Lost) == "true";

    public static void Plant(ClusterObjects objects, IEnumerable<EmbeddedNode> nodes)
    {
        foreach (var node in nodes)
        {
            var metadata = new JsonObject { ["name"] = node.Name, ["labels"] = new JsonObject(Labels(node).Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))) };
            objects.Create(ResourceTypes.Nodes, null, new JsonObject { ["metadata"] = metadata, ["spec"] = new JsonObject() });
            objects.UpdateStatus(ResourceTypes.Nodes, null, node.Name, standing =>
            {
                standing["status"] = Status(node, objects.Now);
                return standing;
            });
        }
    }

    public static Dictionary<string, string> Labels(EmbeddedNode node)
    {
        var labels = new Dictionary<string, string>(node.Labels)
        {
            ["kubernetes.io/arch"] = "amd64",
            ["kubernetes.io/hostname"] = node.Name,
            ["kubernetes.io/os"] = "linux",
        };
        if (node.Gpus == 0) return labels;
        labels["nvidia.com/gpu.count"] = $"{node.Gpus}";
        labels[GpuMemory] = $"{node.GpuMemoryMiB}";
        labels["nvidia.com/gpu.present"] = "true";
        return labels;
    }

    private static JsonObject Status(EmbeddedNode node, string now) => new()
    {
        ["capacity"] = Capacity(node),
        ["allocatable"] = Capacity(node),
        ["conditions"] = new JsonArray(Ready("True", "KubeletReady", "kubelet is posting ready status", now)),
        ["addresses"] = new JsonArray(
            new JsonObject { ["type"] = "InternalIP", ["address"] = "127.0.0.1" },
            new JsonObject { ["type"] = "Hostname", ["address"] = node.Name }),
        ["nodeInfo"] = new JsonObject { ["kubeletVersion"] = "v1.36.2", ["containerRuntimeVersion"] = "embedded://1", ["operatingSystem"] = "linux", ["architecture"] = "amd64" },
    };

    public static JsonObject Ready(string status, string reason, string message, string now) => new()
    {
        ["type"] = "Ready",
        ["status"] = status,
        ["lastHeartbeatTime"] = now,
        ["lastTransitionTime"] = now,
        ["reason"] = reason,
        ["message"] = message,
    };

    private static JsonObject Capacity(EmbeddedNode node)
    {
        var capacity = new JsonObject { ["cpu"] = "64", ["memory"] = "512Gi", ["pods"] = "110" };
        if (node.Gpus > 0) capacity[Gpu] = $"{node.Gpus}";
        return capacity;
    }
}
