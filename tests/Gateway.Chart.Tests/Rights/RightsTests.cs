using System.Text.RegularExpressions;
using Gateway.Chart.Tests.Objects;
using Gateway.Chart.Tests.Rendering;
using Gateway.Chart.Tests.Setups;
using Xunit;

namespace Gateway.Chart.Tests.Rights;

/// <summary>What the chart grants, against what docs/security.md says that it grants.</summary>
public sealed class RightsTests
{
    [ChartTheory]
    [MemberData(nameof(Setup.All), MemberType = typeof(Setup))]
    public async Task Chart_GrantsExactlyTheDocumentedRights(string setup)
    {
        var chart = await Setup.RenderAsync(setup);
        var release = setup == "everything" ? "gw" : "gateway";
        var expected = Right.Documented(release).Where(right => setup == "everything" || right.Role != $"{release}-scheduling");

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
            chart.Of("ClusterRole").Select(role => role.Name).Where(name => name.EndsWith("-account", StringComparison.Ordinal) || name.EndsWith("-scheduling", StringComparison.Ordinal)),
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

    // The page for callers asks for no right that the role has not, and names every one; it reads without watch, and nothing is patched yet.
    [Fact]
    public void Submitter_HasTheRightsThatCallersAreToldToNeed()
    {
        var told = Repository.Page("authentication.md").Split("| To | takes |")[1].Split("\n\n")[0];
        var needed = ((string[])["get", "list", "watch", "create", "update", "patch", "delete"]).Where(verb => Regex.IsMatch(told, $@"\b{verb}\b(?!`)"));

        var granted = Right.Documented("gateway").Where(right => (right.Role, right.Resource) == ("gateway-submitter", "jobs")).Select(right => right.Verb);
        Assert.Equal(granted.Except(["watch", "patch"]), needed);
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

    private static (string Kind, string Role, string Subject) Bound(RenderedObject binding)
    {
        var (role, subject) = (binding.Content["roleRef"]!, Assert.Single(binding.Content["subjects"]!.AsArray())!);
        return ((string)role["kind"]!, (string)role["name"]!, $"{subject["kind"]} {subject["namespace"]}/{subject["name"]}");
    }

    private static string[] Sorted(IEnumerable<Right> rights) => [.. rights.Select(right => right.ToString()).Order(StringComparer.Ordinal)];
}
