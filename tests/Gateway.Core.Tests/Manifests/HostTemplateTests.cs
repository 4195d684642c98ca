using Gateway.Core.Manifests.Companions;
using Gateway.Core.Scheduling;
using Gateway.Core.Workloads;
using Xunit;

namespace Gateway.Core.Tests.Manifests;

/// <summary>The hosts that an operator's template makes: legal, and no two workloads have the same.</summary>
public sealed class HostTemplateTests
{
    private static readonly string[] Good =
    [
        "{name}-{hash}.apps.example.org",
        "{hash}-{name}.apps.example.org",
        "{name}.{project}.apps.example.org",
        "{project}.{name}.apps.example.org",
        "{name}-{project}-{hash}.apps.example.org",
        "{hash}-{project}-{name}.apps.example.org",
        "{name}-{project}-{port}-{hash}.apps.example.org",
        "{name}-{port}.{project}.apps.example.org",
        "{port}-{name}-{hash}.apps.example.org",
        "{name}-{hash}-{port}.apps.example.org",
        "{name}-{project}.{hash}.apps.example.org",
        "x-{name}.{project}-{port}.apps.example.org",
        "{hash}.{name}.example",
    ];

    public static TheoryData<string> Templates => [.. Good];

    [Theory]
    [MemberData(nameof(Templates))]
    public void Accepts_ATemplateThatTellsWorkloadsApart(string template) => Assert.Null(HostTemplate.WrongWith(template));

    [Theory]
    [InlineData("{name}.apps.example.org", "{project}")]
    [InlineData("{project}.apps.example.org", "{name}")]
    [InlineData("{hash}.apps.example.org", "{name}")]
    [InlineData("apps.example.org", "{name}")]
    [InlineData("{name}-{project}.apps.example.org", "{hash}")]
    [InlineData("{project}-{name}.apps.example.org", "{hash}")]
    [InlineData("{name}-{port}-{project}.apps.example.org", "{hash}")]
    [InlineData("{name}-{hash}-{project}.apps.example.org", "between")]
    [InlineData("{project}-x-{hash}-{name}.apps.example.org", "between")]
    [InlineData("{name}{hash}.apps.example.org", "'-'")]
    [InlineData("{name}{port}.{project}.apps.example.org", "'-'")]
    [InlineData("{name}x{port}.{project}.apps.example.org", "'-'")]
    [InlineData("{name}.{project}.{name}.example.org", "once")]
    [InlineData("{name}.{project}.{user}.example.org", "{user}")]
    [InlineData("{name}.{project}.{Port}.example.org", "{Port}")]
    [InlineData("{name}.{project}.apps}.example.org", "host")]
    [InlineData("{name}.{project}.Apps.example.org", "host")]
    [InlineData("{name}.{project}.apps_1.example.org", "host")]
    [InlineData("{name}-.{project}.example.org", "host")]
    [InlineData("*.{name}.{project}.example.org", "host")]
    [InlineData("{name}.{project}..example.org", "host")]
    [InlineData("{name}.{project}.example.org/x", "host")]
    [InlineData("{name}.{project}.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.org", "host")]
    [InlineData("", "{name}")]
    public void Rejects_ATemplateThatDoesNot(string template, string because) => Assert.Contains(because, HostTemplate.WrongWith(template), StringComparison.Ordinal);

    // Every name and project of a few letters, those that look like what is made of others among them.
    [Theory]
    [MemberData(nameof(Templates))]
    public void Hosts_OfDifferentWorkloads_Differ(string template)
    {
        var names = Texts("a-8", 4).Where(KubernetesNames.IsLabel).ToList();
        var projects = Texts("aA-_.", 3).Where(KubernetesNames.IsLabelValue).ToList();
        projects.AddRange(projects.Select(project => Host("x.{project}", project, "a", "1")[2..]).Except(projects).ToList());
        var workloads = from project in projects from name in names from port in (string[])["8", "80", "8080"] select (project, name, port);

        var hosts = workloads.GroupBy(one => Host(template, one.project, one.name, one.port), one => (one.project, one.name)).ToList();

        Assert.DoesNotContain(hosts, host => host.Distinct().Count() > 1);
        Assert.All(hosts, host => Assert.True(HostTemplate.IsHost(host.Key), host.Key));
    }

    [Theory]
    [InlineData("team-a", "web.team-a.example.org")]
    [InlineData("Team_A", "web.team-a-e61a548267.example.org")]
    public void Project_ThatNoHostCanHave_GetsAHash(string project, string host) => Assert.Equal(host, Host("{name}.{project}.example.org", project, "web", "80"));

    [Theory]
    [InlineData("a-b", "a")]
    [InlineData("a", "b-a")]
    public void Hash_IsOfNamespaceAndName(string one, string other) =>
        Assert.NotEqual(Host("{name}-{hash}.example.org", one, "web", "80"), Host("{name}-{hash}.example.org", other, "web", "80"));

    // A retry makes the host that its object says, whatever the template is by now.
    [Fact]
    public void Host_ThatIsMadeAlready_StaysAsItIs() => Assert.Equal("web-8888.team-a.example.org", Host("web-{port}.team-a.example.org", "another", "another", "8888"));

    private static string Host(string template, string project, string name, string port) =>
        HostTemplate.HostOf(template, new() { Namespace = $"space-of-{project}", Queue = project, Dialect = SchedulerDialect.RunAi, SubmittedBy = "" }, name, port);

    private static IEnumerable<string> Texts(string letters, int longest) => longest == 0 ? [""] : Texts(letters, longest - 1).SelectMany(text => letters.Select(letter => text + letter).Append(text)).Distinct();
}
