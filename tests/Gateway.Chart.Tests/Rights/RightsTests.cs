using Gateway.Chart.Tests.Objects;
using Gateway.Chart.Tests.Rendering;
using Gateway.Chart.Tests.Setups;
using Xunit;

namespace Gateway.Chart.Tests.Rights;

/// <summary>What the chart grants, against what docs/security.md says that it grants.</summary>
public sealed class RightsTests
{
    // Roles of the gateway's own account that are made only where a value says so.
    private static readonly string[] Optional = ["-scheduling", "-ingresses"];

    [ChartTheory]
    [MemberData(nameof(Setup.All), MemberType = typeof(Setup))]
    public async Task Chart_GrantsExactlyTheDocumentedRights(string setup)
    {
        var chart = await Setup.RenderAsync(setup);
        var release = setup == "everything" ? "gw" : "gateway";
        var expected = Right.Documented(release).Where(right => setup == "everything" || !Optional.Contains(right.Role.Replace(release, "", StringComparison.Ordinal)));

        Assert.Empty(chart.Of("Role"));
        Assert.Equal(Sorted(expected), Sorted(chart.Of("ClusterRole").SelectMany(Right.Of)));
    }

    [ChartTheory]
    [MemberData(nameof(Setup.All), MemberType = typeof(Setup))]
    public async Task Chart_BindsNobodyElse(string setup)
    {
        var chart = await Setup.RenderAsync(setup);
        var release = setup == "everything" ? "gw" : "gateway";

        Assert.All(chart.Of("ClusterRoleBinding"), binding =>
            Assert.Equal(("ClusterRole", binding.Name, $"ServiceAccount workload-gateway/{release}"), Bound(binding)));
        Assert.Equal(
            chart.Of("ClusterRole").Select(role => role.Name).Where(name => Optional.Append("-account").Any(end => name.EndsWith(end, StringComparison.Ordinal))),
            chart.Of("ClusterRoleBinding").Select(binding => binding.Name));
        Assert.All(chart.Of("RoleBinding"), binding => Assert.Equal(
            binding.Annotation("helm.sh/hook") == "test"
                ? ("ClusterRole", $"{release}-submitter", $"ServiceAccount workload-gateway/{release}-test")
                : ("ClusterRole", $"{release}-project", $"ServiceAccount {binding.Namespace}/workload-gateway"),
            Bound(binding)));
    }

    [ChartFact]
    public async Task Chart_WithAnotherAccountForProjects_AllowsTokensOfThatAlone()
    {
        var chart = await Renderer.RenderAsync(Setup.Values("two-projects") + "settings: {Projects: {ServiceAccount: own}}");

        var tokens = chart.Of("ClusterRole").SelectMany(Right.Of).Where(right => right.Resource == "serviceaccounts/token");
        Assert.Equal(new Right("gateway-account", "", "serviceaccounts/token", "own", "create"), Assert.Single(tokens));
        Assert.Equal(2, chart.Of("ServiceAccount").Count(account => account.Name == "own"));
        Assert.All(chart.Of("RoleBinding").Where(binding => binding.Name == "gateway-project"), binding => Assert.EndsWith("/own", Bound(binding).Subject, StringComparison.Ordinal));
    }

    // The API's own tests hold each of these against the gateway.
    [Theory]
    [InlineData("gateway-submitter", false)]
    [InlineData("gateway-viewer", true)]
    public void People_HaveTheRightsThatRequestsTake(string role, bool looksOn)
    {
        var taken = Taken().Where(row => !looksOn || (row.Request.StartsWith("`GET ", StringComparison.Ordinal) && !row.Right.StartsWith("update ", StringComparison.Ordinal)));

        var granted = Right.Documented("gateway").Where(right => right.Role == role).Select(right => $"{right.Verb} {right.Resource}");
        Assert.Equal(taken.Select(row => row.Right).Distinct().Order(StringComparer.Ordinal), granted.Order(StringComparer.Ordinal));
    }

    // What passes on the embedded cluster needs no more rights than these.
    [ChartTheory]
    [InlineData("workload-gateway", "gateway-account")]
    [InlineData("workload-gateway-project", "gateway-project")]
    [InlineData("workload-gateway-submitter", "gateway-submitter")]
    public async Task EmbeddedCluster_GrantsExactlyTheChartsRights(string embedded, string role)
    {
        await using var cluster = await TestCluster.StartAsync();
        var granted = Right.Of(await cluster.ReadAsync($"/apis/rbac.authorization.k8s.io/v1/clusterroles/{embedded}"));
        var chart = await Setup.RenderAsync("default");

        Assert.Equal(Sorted(Right.Of(chart.Of("ClusterRole").Single(item => item.Name == role))), Sorted(granted.Select(right => right with { Role = role })));
    }

    // The rows of docs/authentication.md that name one right; a right on workloads is one on both types.
    private static IEnumerable<(string Request, string Right)> Taken() =>
        from row in Repository.Rows(Repository.Page("authentication.md").Split("| Request | Takes | For | Without it |")[1].Split("\n\n")[0])
        where row[1].StartsWith('`')
        from right in row[1].Contains("*workload*", StringComparison.Ordinal) ? (string[])["jobs", "statefulsets"] : [""]
        select (row[0], row[1].Replace("`", "", StringComparison.Ordinal).Replace("*workload*", right, StringComparison.Ordinal));

    private static (string Kind, string Role, string Subject) Bound(RenderedObject binding)
    {
        var (role, subject) = (binding.Content["roleRef"]!, Assert.Single(binding.Content["subjects"]!.AsArray())!);
        return ((string)role["kind"]!, (string)role["name"]!, $"{subject["kind"]} {subject["namespace"]}/{subject["name"]}");
    }

    private static string[] Sorted(IEnumerable<Right> rights) => [.. rights.Select(right => right.ToString()).Order(StringComparer.Ordinal)];
}
