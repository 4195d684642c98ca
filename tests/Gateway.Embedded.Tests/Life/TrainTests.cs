using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests.Life;

public sealed class TrainTests
{
    [Fact]
    public async Task Train_Completes_AfterSomeSeconds()
    {
        await using var stage = await Stage.SetAsync();
        await stage.Client.PostAsync(Jobs, Job("train-1"));
        await stage.PassAsync(3);
        var running = await stage.Client.GetAsync($"{Jobs}/train-1");
        Assert.Equal(("1", "1"), (running.At("status/active"), running.At("status/ready")));
        await stage.PassAsync(6);
        var done = await stage.Client.GetAsync($"{Jobs}/train-1");
        Assert.Equal(("SuccessCriteriaMet", "Complete", "1"), (done.At("status/conditions/0/type"), done.At("status/conditions/1/type"), done.At("status/succeeded")));
        Assert.Equal(["SuccessfulCreate", "Completed"], await stage.EventsAsync("train-1"));
        var pod = Assert.Single(await stage.PodsAsync());
        Assert.Equal("Succeeded", pod["status"]!["phase"]!.ToString());
        Assert.Null(pod["metadata"]!["finalizers"]);
    }

    [Fact]
    public async Task Suspend_StopsThePod_Resume_MakesAnother()
    {
        await using var stage = await Stage.SetAsync();
        await stage.Client.PostAsync(Jobs, Job("train-1"));
        await stage.PassAsync(2);
        await stage.Client.PatchAsync($"{Jobs}/train-1", Parse("""{"spec":{"suspend":true}}"""));
        await stage.PassAsync(3);
        var suspended = await stage.Client.GetAsync($"{Jobs}/train-1");
        Assert.Equal(("Suspended", "True", null), (suspended.At("status/conditions/0/type"), suspended.At("status/conditions/0/status"), suspended.At("status/startTime")));
        Assert.Empty(await stage.PodsAsync());
        await stage.Client.PatchAsync($"{Jobs}/train-1", Parse("""{"spec":{"suspend":false}}"""));
        await stage.PassAsync(2);
        var resumed = await stage.Client.GetAsync($"{Jobs}/train-1");
        Assert.Equal(("False", "JobResumed", "1"), (resumed.At("status/conditions/0/status"), resumed.At("status/conditions/0/reason"), resumed.At("status/active")));
    }

    [Fact]
    public async Task NinePods_OfOneGpu_DoNotFitAndWaitUntilOneEnds()
    {
        await using var stage = await Stage.SetAsync(new EmbeddedClusterOptions { Nodes = [new() { Name = "node-1" }] });
        var job = Job("train-1");
        job["spec"]!["parallelism"] = 9;
        job["spec"]!["completions"] = 9;
        await stage.Client.PostAsync(Jobs, job);
        await stage.PassAsync(3);
        var waiting = Assert.Single(await stage.PodsAsync(), pod => pod["spec"]!["nodeName"] is null);
        var condition = waiting["status"]!["conditions"]![0]!;
        Assert.Equal("Unschedulable", condition["reason"]!.ToString());
        Assert.StartsWith("0/1 nodes are available: 1 Insufficient nvidia.com/gpu.", condition["message"]!.ToString(), StringComparison.Ordinal);
        await stage.PassAsync(12);
        Assert.Equal("9", (await stage.Client.GetAsync($"{Jobs}/train-1")).At("status/succeeded"));
    }

    [Fact]
    public async Task WithoutPods_AJobStaysAsItWasWritten()
    {
        await using var stage = await Stage.SetAsync(new EmbeddedClusterOptions { MakesPods = false });
        await stage.Client.PostAsync(Jobs, Job("train-1"));
        await stage.PassAsync(2);
        Assert.Empty(await stage.PodsAsync());
        Assert.Null((await stage.Client.GetAsync($"{Jobs}/train-1")).At("status/startTime"));
    }
}
