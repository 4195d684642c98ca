using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Projects;

/// <summary>The accounts and roles that a workload gateway needs, as its chart installs them on a real cluster.</summary>
internal static class GatewaySeed
{
    private const string Gateway = "workload-gateway";
    private const string ProjectRole = "workload-gateway-project";
    private const string SubmitterRole = "workload-gateway-submitter";
    private const string RbacGroup = "rbac.authorization.k8s.io";

    /// <summary>Who a caller without credentials is, for a gateway that lets such callers in.</summary>
    private const string Everyone = "workload-gateway:anonymous";

    private static readonly string[] Read = ["get", "list", "watch"];
    private static readonly string[] Write = [.. Read, "create", "patch", "delete"];

    /// <summary>The gateway's own account, which may look around and ask, and the roles of projects.</summary>
    public static void Plant(ClusterObjects objects)
    {
        objects.Create(ResourceTypes.Namespaces, null, Named(Gateway));
        objects.Create(ResourceTypes.ServiceAccounts, Gateway, Named(Gateway));
        objects.Create(ResourceTypes.ClusterRoles, null, Role(Gateway, OwnRules));
        objects.Create(ResourceTypes.ClusterRoles, null, Role(ProjectRole, ProjectRules));
        objects.Create(ResourceTypes.ClusterRoles, null, Role(SubmitterRole, SubmitterRules));
        objects.Create(ResourceTypes.ClusterRoleBindings, null, Binding(Gateway, Gateway, Account(Gateway)));
    }

    /// <summary>In a project's namespace: the account as which the gateway acts there, and everyone as a submitter.</summary>
    public static void PlantProject(ClusterObjects objects, string space)
    {
        objects.Create(ResourceTypes.ServiceAccounts, space, Named(Gateway));
        objects.Create(ResourceTypes.RoleBindings, space, Binding(Gateway, ProjectRole, Account(space)));
        objects.Create(ResourceTypes.RoleBindings, space, Binding("everyone", SubmitterRole, new JsonObject { ["kind"] = "User", ["apiGroup"] = RbacGroup, ["name"] = Everyone }));
    }

    private static JsonArray OwnRules => new(
        Rule("", ["namespaces"], Read),
        Rule("authentication.k8s.io", ["tokenreviews"], ["create"]),
        Rule("authorization.k8s.io", ["subjectaccessreviews"], ["create"]),
        Rule("", ["serviceaccounts/token"], ["create"], Gateway));

    private static JsonArray ProjectRules => new(
        Rule("batch", ["jobs"], Write),
        Rule("apps", ["statefulsets"], Write),
        Rule("", ["services", "persistentvolumeclaims"], Write),
        Rule("networking.k8s.io", ["ingresses"], Write),
        Rule("", ["pods"], [.. Read, "create", "delete"]),
        Rule("", ["pods/log"], ["get"]),
        Rule("", ["events"], Read),
        Rule("", ["resourcequotas", "limitranges"], ["list"]),
        Rule("scheduling.run.ai", ["podgroups"], Read));

    // What asks for `update` is a look at environment values.
    private static JsonArray SubmitterRules => new(
        Rule("batch", ["jobs"], [.. Write, "update"]),
        Rule("apps", ["statefulsets"], [.. Write, "update"]),
        Rule("", ["services", "persistentvolumeclaims"], ["create"]),
        Rule("", ["pods", "events"], Read),
        Rule("", ["pods/log"], ["get"]));

    private static JsonObject Rule(string group, string[] resources, string[] verbs, string? name = null)
    {
        var rule = new JsonObject { ["verbs"] = Texts(verbs), ["apiGroups"] = Texts([group]), ["resources"] = Texts(resources) };
        if (name is not null) rule["resourceNames"] = Texts([name]);
        return rule;
    }

    private static JsonObject Role(string name, JsonArray rules)
    {
        var role = Named(name);
        role["rules"] = rules;
        return role;
    }

    private static JsonObject Binding(string name, string role, JsonObject subject)
    {
        var binding = Named(name);
        binding["subjects"] = new JsonArray(subject);
        binding["roleRef"] = new JsonObject { ["apiGroup"] = RbacGroup, ["kind"] = "ClusterRole", ["name"] = role };
        return binding;
    }

    private static JsonObject Account(string space) => new() { ["kind"] = "ServiceAccount", ["name"] = Gateway, ["namespace"] = space };

    private static JsonObject Named(string name) => new() { ["metadata"] = new JsonObject { ["name"] = name } };

    private static JsonArray Texts(string[] texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
