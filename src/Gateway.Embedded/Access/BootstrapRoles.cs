using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Access;

/// <summary>The roles every cluster has, bound as every cluster binds them.</summary>
internal static class BootstrapRoles
{
    private const string RbacGroup = "rbac.authorization.k8s.io";
    private static readonly string[] Read = ["get", "list", "watch"];
    private static readonly string[] Write = [.. Read, "create", "update", "patch", "delete", "deletecollection"];
    private static readonly string[] WorkloadResources =
        ["pods", "pods/log", "pods/status", "services", "persistentvolumeclaims", "configmaps", "events", "serviceaccounts", "jobs", "jobs/status", "statefulsets", "statefulsets/scale", "statefulsets/status", "ingresses", "resourcequotas", "limitranges", "namespaces"];
    private static readonly string[] WorkloadGroups = ["", "apps", "batch", "networking.k8s.io"];

    private static readonly (string Role, Rule[] Rules, string[] Groups)[] Table =
    [
        ("cluster-admin", [Rule.Everything, Rule.EveryPath], [User.Masters]),
        ("admin", [new(Write, [.. WorkloadGroups, RbacGroup], [.. WorkloadResources, "secrets", "roles", "rolebindings"], [], [])], []),
        ("edit", [new(Write, WorkloadGroups, [.. WorkloadResources, "secrets"], [], [])], []),
        ("view", [new(Read, WorkloadGroups, WorkloadResources, [], [])], []),
        ("system:public-info-viewer", [new(["get"], [], [], [], ["/healthz", "/livez", "/readyz", "/version", "/version/"])], [User.Authenticated, User.Unauthenticated]),
        ("system:discovery", [new(["get"], [], [], [], ["/api", "/api/*", "/apis", "/apis/*", "/healthz", "/livez", "/openapi", "/openapi/*", "/readyz", "/version", "/version/"])], [User.Authenticated]),
        ("system:basic-user",
        [
            new(["create"], ["authorization.k8s.io"], ["selfsubjectaccessreviews", "selfsubjectrulesreviews"], [], []),
            new(["create"], ["authentication.k8s.io"], ["selfsubjectreviews"], [], []),
        ], [User.Authenticated]),
    ];

    public static void Plant(ClusterObjects objects)
    {
        foreach (var (name, rules, groups) in Table)
        {
            objects.Create(ResourceTypes.ClusterRoles, null, new JsonObject { ["metadata"] = Metadata(name), ["rules"] = new JsonArray([.. rules.Select(Json)]) });
            if (groups.Length > 0) objects.Create(ResourceTypes.ClusterRoleBindings, null, Binding(name, groups));
        }
    }

    private static JsonObject Binding(string role, string[] groups) => new()
    {
        ["metadata"] = Metadata(role),
        ["subjects"] = new JsonArray([.. groups.Select(group => (JsonNode)new JsonObject { ["kind"] = "Group", ["apiGroup"] = RbacGroup, ["name"] = group })]),
        ["roleRef"] = new JsonObject { ["apiGroup"] = RbacGroup, ["kind"] = "ClusterRole", ["name"] = role },
    };

    private static JsonObject Metadata(string name) =>
        new() { ["name"] = name, ["labels"] = new JsonObject { ["kubernetes.io/bootstrapping"] = "rbac-defaults" } };

    private static JsonObject Json(Rule rule)
    {
        var json = new JsonObject { ["verbs"] = Texts(rule.Verbs) };
        if (rule.Groups.Length > 0) json["apiGroups"] = Texts(rule.Groups);
        if (rule.Resources.Length > 0) json["resources"] = Texts(rule.Resources);
        if (rule.Paths.Length > 0) json["nonResourceURLs"] = Texts(rule.Paths);
        return json;
    }

    private static JsonArray Texts(string[] texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
