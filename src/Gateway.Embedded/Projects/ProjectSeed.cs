using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Projects;

/// <summary>What a cluster begins with: Kubernetes' own namespaces, and the projects with what a gateway needs in them.</summary>
internal static class ProjectSeed
{
    private const string ServiceAccount = "workload-gateway";
    private const string RbacGroup = "rbac.authorization.k8s.io";
    private static readonly string[] OwnNamespaces = ["default", "kube-system", "kube-public", "kube-node-lease"];

    /// <summary>Kubernetes' own, and the scheduler's.</summary>
    private static readonly (string Name, int Value)[] PriorityClasses =
        [("system-node-critical", 2_000_001_000), ("system-cluster-critical", 2_000_000_000), ("train", 50), ("build-preemptible", 75), ("build", 100), ("inference", 125)];

    public static void Plant(ClusterObjects objects, IEnumerable<string> projects)
    {
        foreach (var name in OwnNamespaces) objects.Create(ResourceTypes.Namespaces, null, Named(name));
        foreach (var (name, value) in PriorityClasses)
            objects.Create(ResourceTypes.PriorityClasses, null, new JsonObject { ["metadata"] = new JsonObject { ["name"] = name }, ["value"] = value, ["preemptionPolicy"] = "PreemptLowerPriority" });
        foreach (var project in projects) PlantProject(objects, project);
    }

    private static void PlantProject(ClusterObjects objects, string project)
    {
        var space = $"runai-{project}";
        var content = Named(space);
        content.Metadata()["labels"] = new JsonObject { ["runai/queue"] = project };
        objects.Create(ResourceTypes.Namespaces, null, content);
        EnsureDefaultAccount(objects, space);
        objects.Create(ResourceTypes.ServiceAccounts, space, Named(ServiceAccount));
        objects.Create(ResourceTypes.Roles, space, Role());
        objects.Create(ResourceTypes.RoleBindings, space, Binding(space));
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

    private static JsonObject Role()
    {
        var role = Named(ServiceAccount);
        role["rules"] = new JsonArray(
            Rule(["batch"], ["jobs"], Write),
            Rule(["apps"], ["statefulsets", "statefulsets/scale"], Write),
            Rule([""], ["services", "persistentvolumeclaims"], Write),
            Rule(["networking.k8s.io"], ["ingresses"], Write),
            Rule([""], ["pods"], [.. Read, "create", "delete"]),
            Rule([""], ["pods/log", "events"], Read),
            Rule(["scheduling.run.ai"], ["podgroups"], Read));
        return role;
    }

    private static readonly string[] Read = ["get", "list", "watch"];
    private static readonly string[] Write = [.. Read, "create", "update", "patch", "delete"];

    private static JsonObject Rule(string[] groups, string[] resources, string[] verbs) =>
        new() { ["verbs"] = Texts(verbs), ["apiGroups"] = Texts(groups), ["resources"] = Texts(resources) };

    private static JsonObject Binding(string space)
    {
        var binding = Named(ServiceAccount);
        binding["subjects"] = new JsonArray(new JsonObject { ["kind"] = "ServiceAccount", ["name"] = ServiceAccount, ["namespace"] = space });
        binding["roleRef"] = new JsonObject { ["apiGroup"] = RbacGroup, ["kind"] = "Role", ["name"] = ServiceAccount };
        return binding;
    }

    private static JsonObject Named(string name) => new() { ["metadata"] = new JsonObject { ["name"] = name } };

    private static JsonArray Texts(string[] texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
