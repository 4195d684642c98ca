using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Access;

/// <summary>The bindings of each namespace, read once and again when they or the roles behind them change. The namespace "" is the cluster.</summary>
internal sealed class Grants
{
    private readonly ObjectStore store;
    private readonly ConcurrentDictionary<string, (long Version, Grant[] All)> read = new();
    private readonly ConcurrentDictionary<string, long> changed = new();
    private long clusterRolesChanged;

    public Grants(ObjectStore store)
    {
        this.store = store;
        store.Changed += Note;
    }

    public IReadOnlyList<Grant> In(string space)
    {
        if (read.TryGetValue(space, out var known) && known.Version >= Math.Max(changed.GetValueOrDefault(space), Volatile.Read(ref clusterRolesChanged))) return known.All;
        var bindings = space == "" ? store.List(ResourceTypes.ClusterRoleBindings) : store.List(ResourceTypes.RoleBindings, space);
        var all = bindings.Items.SelectMany(binding => Of(binding.ToJson(), binding)).ToArray();
        read[space] = (bindings.Version, all);
        return all;
    }

    private void Note(Change change)
    {
        var type = change.After.Type;
        if (type == ResourceTypes.ClusterRoles) Volatile.Write(ref clusterRolesChanged, change.Version);
        else if (type == ResourceTypes.ClusterRoleBindings || type == ResourceTypes.RoleBindings || type == ResourceTypes.Roles) changed[change.After.Namespace] = change.Version;
    }

    private IEnumerable<Grant> Of(JsonObject content, StoredObject binding)
    {
        var role = content.Child("roleRef");
        var (kind, name) = (role.Text("kind"), role.Text("name") ?? "");
        var found = kind == "ClusterRole" ? store.Find(ResourceTypes.ClusterRoles, null, name) : store.Find(ResourceTypes.Roles, binding.Namespace, name);
        if (found is null) yield break;
        var rules = found.ToJson().Items("rules").Select(Rule.From).ToArray();
        var title = binding.Namespace == "" ? binding.Name : $"{binding.Name}/{binding.Namespace}";
        foreach (var subject in content.Items("subjects"))
            yield return Grant.To(subject, binding.Namespace, rules, $"RBAC: allowed by {binding.Type.Kind} \"{title}\" of {kind} \"{name}\" to");
    }
}

/// <summary>One subject's rules by one binding.</summary>
internal sealed record Grant(string Kind, string Name, IReadOnlyList<Rule> Rules, string Reason)
{
    public static Grant To(JsonObject subject, string bindingNamespace, IReadOnlyList<Rule> rules, string reason)
    {
        var (kind, name) = (subject.Text("kind") ?? "", subject.Text("name") ?? "");
        if (kind != "ServiceAccount") return new Grant(kind, name, rules, $"{reason} {kind} \"{name}\"");
        var space = subject.Text("namespace") ?? bindingNamespace;
        return new Grant("User", $"system:serviceaccount:{space}:{name}", rules, $"{reason} {kind} \"{name}/{space}\"");
    }

    public bool Reaches(User user) => Kind == "Group" ? user.Groups.Contains(Name) : Kind == "User" && user.Name == Name;
}

/// <summary>What a role allows: verbs on resources, or on paths.</summary>
internal sealed record Rule(string[] Verbs, string[] Groups, string[] Resources, string[] Names, string[] Paths)
{
    public static readonly Rule Everything = new(["*"], ["*"], ["*"], [], []);
    public static readonly Rule EveryPath = new(["*"], [], [], [], ["*"]);

    public static Rule From(JsonObject rule) => new(
        [.. rule.Texts("verbs")], [.. rule.Texts("apiGroups")], [.. rule.Texts("resources")], [.. rule.Texts("resourceNames")], [.. rule.Texts("nonResourceURLs")]);

    public bool Allows(Wish wish)
    {
        if (!Has(Verbs, wish.Verb)) return false;
        if (wish.Path is { } path) return Paths.Any(pattern => pattern.EndsWith('*') ? path.StartsWith(pattern[..^1], StringComparison.Ordinal) : path == pattern);
        return Has(Groups, wish.Group)
            && (Has(Resources, wish.FullResource) || (wish.Subresource != "" && Resources.Contains($"*/{wish.Subresource}")))
            && (Names.Length == 0 || Names.Contains(wish.Name));
    }

    private static bool Has(string[] allowed, string wanted) => allowed.Contains("*") || allowed.Contains(wanted);
}
