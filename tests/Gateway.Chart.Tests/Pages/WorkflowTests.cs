using System.Text.RegularExpressions;
using Gateway.Chart.Tests.Rendering;
using Xunit;

namespace Gateway.Chart.Tests.Pages;

/// <summary>The workflows, as far as they can be checked where they do not run.</summary>
public sealed partial class WorkflowTests
{
    [Theory]
    [InlineData("ci.yml")]
    [InlineData("release.yml")]
    public void Workflow_PinsEveryActionByItsMajorVersion(string name)
    {
        var jobs = Yaml.File(Path.Combine(Repository.Root, ".github", "workflows", name))["jobs"]!.AsObject();
        var steps = jobs.SelectMany(job => job.Value!["steps"]!.AsArray()).ToArray();

        Assert.All(jobs, job => Assert.NotNull(job.Value!["timeout-minutes"]));
        Assert.All(steps, step => Assert.True(step!["uses"] is not null ^ step["run"] is not null));
        Assert.All(steps.Where(step => step!["uses"] is not null), step => Assert.Matches(Pinned(), (string)step!["uses"]!));
    }

    [Fact]
    public void Release_FindsTheRepositoryThatItReplaces() =>
        Assert.Contains("\n  repository: workload-gateway\n", File.ReadAllText(Path.Combine(Repository.Chart, "values.yaml")), StringComparison.Ordinal);

    [GeneratedRegex(@"^[\w-]+/[\w-]+@v\d+$")]
    private static partial Regex Pinned();
}
