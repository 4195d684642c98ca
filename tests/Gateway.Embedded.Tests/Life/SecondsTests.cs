using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests.Life;

public sealed class SecondsTests
{
    [Theory]
    [InlineData("-5", "Succeeded")]
    [InlineData("1e300", "Running")]
    [InlineData("NaN", "Running")]
    public async Task RunSeconds_ThatNoClockCanWait_BreakNothing(string seconds, string phase)
    {
        await using var stage = await Stage.SetAsync();
        await stage.Client.PostAsync(Pods, Parse($$"""
            {"metadata":{"name":"pod-1","annotations":{"embedded.workload-gateway.io/run-seconds":"{{seconds}}"} },
             "spec":{"restartPolicy":"Never","containers":[{"name":"main","image":"x"}]} }
            """));
        await stage.PassAsync(8);
        Assert.Equal(phase, (await stage.Client.GetAsync($"{Pods}/pod-1")).At("status/phase"));
    }
}
