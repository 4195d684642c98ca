using Gateway.Chart.Tests.Rendering;
using Gateway.Chart.Tests.Setups;
using Xunit;

namespace Gateway.Chart.Tests.Releases;

/// <summary>Releases beside each other, and what is left of one.</summary>
public sealed class ReleaseTests
{
    [ChartFact]
    public async Task TwoReleases_HaveNoObjectInCommon()
    {
        var values = Everything();
        var (one, other) = (await Renderer.RenderAsync(values, "one"), await Renderer.RenderAsync(WithoutAccounts(values), "other"));

        Assert.Equal(7, one.Objects.Count(IsClusterScoped));
        Assert.Empty(Titles(one).Intersect(Titles(other)));
    }

    [ChartFact]
    public async Task TwoReleases_OfOneName_DoNotClashWithAnotherFullname()
    {
        var one = await Renderer.RenderAsync("", "gateway", "one");
        var other = await Renderer.RenderAsync("fullnameOverride: other-gateway", "gateway", "other");

        Assert.Empty(Titles(one).Intersect(Titles(other)));
    }

    [ChartTheory]
    [MemberData(nameof(Setup.All), MemberType = typeof(Setup))]
    public async Task Uninstalling_KeepsEveryNamespace(string setup)
    {
        var chart = await Setup.RenderAsync(setup);

        Assert.Equal(setup == "default" ? 0 : 1, chart.Of("Namespace").Count());
        Assert.All(chart.Of("Namespace"), space => Assert.Equal("keep", space.Annotation("helm.sh/resource-policy")));
    }

    [ChartFact]
    public async Task Namespace_CarriesTheSchedulersLabel()
    {
        Assert.Equal("team-b", (await Setup.RenderAsync("two-projects")).One("Namespace").Label("runai/queue"));
        Assert.Equal("research", (await Setup.RenderAsync("kai")).One("Namespace").Label("kai.scheduler/queue"));
        Assert.Equal("team-b", (await Renderer.RenderAsync(Setup.Values("two-projects") + "settings: {Projects: {Label: example.org/project}}")).One("Namespace").Label("example.org/project"));
        Assert.Equal("team-b", (await Renderer.RenderAsync(Setup.Values("two-projects") + "settings: {projects: {label: example.org/project}}")).One("Namespace").Label("example.org/project"));
    }

    [ChartFact]
    public async Task Project_GetsItsAccountAndBinding()
    {
        var chart = await Setup.RenderAsync("two-projects");

        string[] namespaces = ["runai-team-a", "runai-team-b"];
        Assert.Equal(namespaces, chart.Of("ServiceAccount").Where(account => account.Name == "workload-gateway").Select(account => account.Namespace));
        Assert.Equal(namespaces, chart.Of("RoleBinding").Where(binding => binding.Name == "gateway-project").Select(binding => binding.Namespace));
    }

    [ChartTheory]
    [InlineData("projects: [{name: a, namespace: workload-gateway}]", "own namespace")]
    [InlineData("projects: [{name: a, namespace: one}, {name: a, namespace: two}]", "twice")]
    [InlineData("projects: [{name: a, namespace: one}, {name: b, namespace: one}]", "twice")]
    [InlineData("ingress: {enabled: true}\nsettings: {Server: {TrustedProxies: [10.244.0.0/16]}}", "ingress.host")]
    public async Task Rejects_Projects(string values, string reason) => Assert.Contains(reason, await Renderer.RefusalAsync(values), StringComparison.Ordinal);

    private static string Everything() => string.Join('\n', Setup.Values("everything").Split('\n').Where(line => !line.StartsWith("fullnameOverride", StringComparison.Ordinal)));

    // Namespaces and accounts are made once; the second release uses what the first has made.
    private static string WithoutAccounts(string values) =>
        values.Replace("createNamespace: true", "createAccount: false", StringComparison.Ordinal);

    private static bool IsClusterScoped(RenderedObject item) => item.Namespace is null && item.Kind != "Namespace";

    private static IEnumerable<string> Titles(RenderedChart chart) => chart.Objects.Select(item => item.Title);
}
