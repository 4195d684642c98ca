using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Api.Tables;

/// <summary>One column of a table; a wide one is shown only to those who ask for more.</summary>
internal sealed record Column(string Name, Func<JsonObject, DateTimeOffset, string> Cell, bool Wide = false);

/// <summary>The columns that each kind is shown with.</summary>
internal static class Columns
{
    private static readonly Column Name = new("Name", (item, _) => item.Metadata().Text("name") ?? "");
    private static readonly Column Age = new("Age", (item, now) => Durations.Since(item.Metadata().Text("creationTimestamp"), now));

    private static readonly Dictionary<ResourceType, Column[]> Table = new()
    {
        [ResourceTypes.Jobs] =
        [
            Name, new("Status", (job, _) => Workloads.JobStatus(job)), new("Completions", (job, _) => Workloads.Completions(job)),
            new("Duration", Workloads.Duration), Age, .. PodColumns(),
        ],
        [ResourceTypes.StatefulSets] = [Name, new("Ready", (set, _) => $"{Status(set, "readyReplicas", "0")}/{Spec(set, "replicas", "0")}"), Age, .. PodColumns()],
        [ResourceTypes.Pods] =
        [
            Name, new("Ready", (pod, _) => Workloads.Ready(pod)), new("Status", (pod, _) => Workloads.PodStatus(pod)),
            new("Restarts", (pod, _) => Workloads.Restarts(pod)), Age,
            new("IP", (pod, _) => Status(pod, "podIP"), Wide: true), new("Node", (pod, _) => Spec(pod, "nodeName"), Wide: true),
        ],
        [ResourceTypes.Services] =
        [
            Name, new("Type", (service, _) => Spec(service, "type")), new("Cluster-IP", (service, _) => Spec(service, "clusterIP")), new("External-IP", (_, _) => "<none>"),
            new("Port(s)", (service, _) => string.Join(',', service.Child("spec").Items("ports").Select(port => $"{port["port"]}/{port["protocol"]}"))), Age,
        ],
        [ResourceTypes.Claims] =
        [
            Name, new("Status", (claim, _) => Status(claim, "phase")), new("Volume", (claim, _) => Spec(claim, "volumeName", "")),
            new("Capacity", (claim, _) => claim.Child("status").Child("capacity").Text("storage") ?? ""),
            new("Access Modes", (claim, _) => string.Join(',', claim.Child("status").Texts("accessModes"))),
            new("StorageClass", (claim, _) => Spec(claim, "storageClassName", "")), Age,
        ],
        [ResourceTypes.Namespaces] = [Name, new("Status", (space, _) => Status(space, "phase")), Age],
        [ResourceTypes.Nodes] =
        [
            Name, new("Status", (node, _) => Workloads.NodeStatus(node)), new("Roles", (_, _) => "<none>"), Age,
            new("Version", (node, _) => node.Child("status").Child("nodeInfo").Text("kubeletVersion") ?? ""),
        ],
        [ResourceTypes.Events] =
        [
            new("Last Seen", (happened, now) => Durations.Since(happened.Text("lastTimestamp") ?? happened.Metadata().Text("creationTimestamp"), now)),
            new("Type", (happened, _) => happened.Text("type") ?? ""),
            new("Reason", (happened, _) => happened.Text("reason") ?? ""),
            new("Object", (happened, _) => $"{happened.Child("involvedObject").Text("kind")?.ToLowerInvariant()}/{happened.Child("involvedObject").Text("name")}"),
            new("Message", (happened, _) => happened.Text("message")?.Trim() ?? ""),
        ],
        [ResourceTypes.ConfigMaps] = [Name, new("Data", (map, _) => map.Child("data").Count.ToString()), Age],
        [ResourceTypes.Secrets] = [Name, new("Type", (secret, _) => secret.Text("type") ?? "Opaque"), new("Data", (secret, _) => secret.Child("data").Count.ToString()), Age],
        [ResourceTypes.ServiceAccounts] = [Name, new("Secrets", (account, _) => account.Items("secrets").Count().ToString()), Age],
        [ResourceTypes.Quotas] = [Name, new("Request", (quota, _) => Workloads.Used(quota)), Age],
        [ResourceTypes.RoleBindings] = [Name, new("Role", (binding, _) => Workloads.Role(binding)), Age],
        [ResourceTypes.ClusterRoleBindings] = [Name, new("Role", (binding, _) => Workloads.Role(binding)), Age],
    };

    public static IReadOnlyList<Column> Of(ResourceType type) => Table.GetValueOrDefault(type, [Name, Age]);

    private static Column[] PodColumns() =>
    [
        new("Containers", (item, _) => string.Join(',', Workloads.Containers(item).Select(container => container.Text("name"))), Wide: true),
        new("Images", (item, _) => string.Join(',', Workloads.Containers(item).Select(container => container.Text("image"))), Wide: true),
    ];

    private static string Spec(JsonObject item, string key, string missing = "<none>") => item.Child("spec")[key]?.ToString() ?? missing;

    private static string Status(JsonObject item, string key, string missing = "<none>") => item.Child("status")[key]?.ToString() ?? missing;
}
