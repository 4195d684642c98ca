using k8s;

namespace Gateway.Api.Tests.Identity;

/// <summary>The account as which the gateway acts itself.</summary>
internal static class OwnAccount
{
    private const string Account = "workload-gateway";

    /// <summary>Lets it do more, as the chart does with a value.</summary>
    public static async Task LetItselfAsync(this GatewayHost host, string group, string resource, params string[] verbs)
    {
        var name = $"{Account}-{resource}";
        await host.Cluster.RbacAuthorizationV1.CreateClusterRoleAsync(new() { Metadata = new() { Name = name }, Rules = [new() { ApiGroups = [group], Resources = [resource], Verbs = verbs }] });
        await host.Cluster.RbacAuthorizationV1.CreateClusterRoleBindingAsync(new()
        {
            Metadata = new() { Name = name },
            RoleRef = new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "ClusterRole", Name = name },
            Subjects = [new() { Kind = "ServiceAccount", NamespaceProperty = Account, Name = Account }],
        });
    }

    /// <summary>As with `rbac.readIngresses`.</summary>
    public static Task LetReadIngressesAsync(this GatewayHost host) => host.LetItselfAsync("networking.k8s.io", "ingresses", "list", "watch");

    /// <summary>As with `rbac.readScheduling`.</summary>
    public static Task LetReadQueuesAsync(this GatewayHost host) => host.LetItselfAsync("scheduling.run.ai", "queues", "get");
}
