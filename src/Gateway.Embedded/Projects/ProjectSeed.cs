using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Projects;

/// <summary>What a cluster begins with: Kubernetes' own namespaces, a gateway's accounts, and the projects.</summary>
internal static class ProjectSeed
{
    private static readonly string[] OwnNamespaces = ["default", "kube-system", "kube-public", "kube-node-lease"];

    /// <summary>Kubernetes' own, and the scheduler's.</summary>
    private static readonly (string Name, int Value)[] PriorityClasses =
        [("system-node-critical", 2_000_001_000), ("system-cluster-critical", 2_000_000_000), ("train", 50), ("build-preemptible", 75), ("build", 100), ("inference", 125)];

    public static void Plant(ClusterObjects objects, IEnumerable<string> projects)
    {
        foreach (var name in OwnNamespaces) objects.Create(ResourceTypes.Namespaces, null, Named(name));
        foreach (var (name, value) in PriorityClasses)
            objects.Create(ResourceTypes.PriorityClasses, null, new JsonObject { ["metadata"] = new JsonObject { ["name"] = name }, ["value"] = value, ["preemptionPolicy"] = "PreemptLowerPriority" });
        GatewaySeed.Plant(objects);
        foreach (var project in projects) PlantProject(objects, project);
    }

    private static void PlantProject(ClusterObjects objects, string project)
    {
        var space = $"runai-{project}";
        var content = Named(space);
        content.Metadata()["labels"] = new JsonObject { ["runai/queue"] = project, ["kai.scheduler/queue"] = project };
        objects.Create(ResourceTypes.Namespaces, null, content);
        EnsureDefaultAccount(objects, space);
        GatewaySeed.PlantProject(objects, space);
    }

    /// <summary>Pods need it as soon as the cluster has started; what furnishes namespaces may have been quicker.</summary>
    private static void EnsureDefaultAccount(ClusterObjects objects, string space)
    {
        try
        {
            objects.Create(ResourceTypes.ServiceAccounts, space, Named("default"));
        }
        catch (Refusal refusal) when (refusal.Code == StatusCodes.Status409Conflict)
        {
            // It is there.
        }
    }

    private static JsonObject Named(string name) => new() { ["metadata"] = new JsonObject { ["name"] = name } };
}
