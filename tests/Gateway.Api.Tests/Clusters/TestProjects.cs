using Gateway.Embedded;
using k8s;
using k8s.Models;

namespace Gateway.Api.Tests.Clusters;

/// <summary>
/// The projects of one gateway on a real cluster, set up as on the embedded one and with the same rights, in namespaces and with a
/// label of their own: tests beside each other, and whatever else is in the cluster, are never seen.
/// </summary>
internal sealed class TestProjects(RealCluster cluster)
{
    private const string Account = "workload-gateway";
    private const string Everyone = "workload-gateway:anonymous";
    private const string RbacGroup = "rbac.authorization.k8s.io";

    private static readonly string[] Names = ["team-a", "team-b"];
    private static readonly Lazy<Task<(IList<V1PolicyRule> Account, IList<V1PolicyRule> Submitter)>> Rules = new(RulesAsync);

    private readonly string _id = Guid.NewGuid().ToString("N")[..8];

    /// <summary>What a gateway has to be told to work on them, and on them alone.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["Cluster:Mode"] = "Kubeconfig",
        ["Cluster:Kubeconfig"] = cluster.Kubeconfig,
        ["Projects:Label"] = Label,
        ["Authentication:Mode"] = "Kubernetes, Anonymous",
        ["Authentication:AllowAnonymous"] = "true",
    };

    /// <summary>A token for the gateway, of an account that may do everything in the projects.</summary>
    public string AdminToken { get; private set; } = "";

    private string Label => $"test-{_id}.example.org/project";

    public string SpaceOf(string project) => $"runai-{project}-{_id}";

    public async Task MakeAsync()
    {
        foreach (var name in Names)
            await MakeAsync(name, SpaceOf(name));
        var token = new Authenticationv1TokenRequest { Spec = new() { Audiences = ["workload-gateway"], ExpirationSeconds = 3600 } };
        AdminToken = (await cluster.Administrator.CoreV1.CreateNamespacedServiceAccountTokenAsync(token, "admin", SpaceOf(Names[0]))).Status.Token;
        await RealCluster.UntilAllowedAsync(cluster.Administrator, Everyone, SpaceOf(Names[^1]), "create");
    }

    /// <summary>Takes them away with all that is in them, and does not wait for it.</summary>
    public async Task RemoveAsync()
    {
        foreach (var name in Names)
            await cluster.Administrator.CoreV1.DeleteNamespaceAsync(SpaceOf(name));
    }

    private async Task MakeAsync(string project, string space)
    {
        var (account, submitter) = await Rules.Value;
        await cluster.Administrator.CoreV1.CreateNamespaceAsync(new() { Metadata = new() { Name = space, Labels = new Dictionary<string, string> { [Label] = project } } });
        foreach (var name in (string[])[Account, "admin"])
            await cluster.Administrator.CoreV1.CreateNamespacedServiceAccountAsync(new() { Metadata = new() { Name = name } }, space);
        await GrantAsync(space, Account, account, AccountIn(space, Account));
        await GrantAsync(space, "admin", [new() { ApiGroups = ["*"], Resources = ["*"], Verbs = ["*"] }], AccountIn(SpaceOf(Names[0]), "admin"));
        await GrantAsync(space, "everyone", submitter, new() { Kind = "User", ApiGroup = RbacGroup, Name = Everyone });
    }

    private async Task GrantAsync(string space, string name, IList<V1PolicyRule> rules, Rbacv1Subject subject)
    {
        var rights = cluster.Administrator.RbacAuthorizationV1;
        await rights.CreateNamespacedRoleAsync(new() { Metadata = new() { Name = name }, Rules = rules }, space);
        await rights.CreateNamespacedRoleBindingAsync(
            new() { Metadata = new() { Name = name }, Subjects = [subject], RoleRef = new() { ApiGroup = RbacGroup, Kind = "Role", Name = name } }, space);
    }

    private static Rbacv1Subject AccountIn(string space, string name) => new() { Kind = "ServiceAccount", NamespaceProperty = space, Name = name };

    // The embedded cluster grants what the chart grants: a test of the chart compares them.
    private static async Task<(IList<V1PolicyRule> Account, IList<V1PolicyRule> Submitter)> RulesAsync()
    {
        await using var embedded = await EmbeddedCluster.StartAsync(new EmbeddedClusterOptions());
        using var client = new Kubernetes(new KubernetesClientConfiguration { Host = embedded.Address.ToString(), AccessToken = embedded.AdminToken });
        var account = await client.RbacAuthorizationV1.ReadClusterRoleAsync("workload-gateway-project");
        return (account.Rules, (await client.RbacAuthorizationV1.ReadClusterRoleAsync("workload-gateway-submitter")).Rules);
    }
}
