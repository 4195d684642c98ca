using Gateway.Api.Scheduling;
using Gateway.Api.Workloads.Policy;
using Xunit;

namespace Gateway.Api.Tests.Workloads;

public sealed class PolicyPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "policy.md"));

    [Fact]
    public void Page_OfThePolicy_HasEverySetting()
    {
        Assert.All(typeof(PolicyOptions).GetProperties(), setting => Assert.Contains($"`{setting.Name}", Page, StringComparison.Ordinal));
        Assert.All(typeof(SchedulerOptions).GetProperties(), setting => Assert.Contains($"`Scheduler:{setting.Name}", Page, StringComparison.Ordinal));
    }
}
