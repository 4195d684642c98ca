using System.Text.Json.Nodes;
using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests.Life;

public sealed class InitContainerTests
{
    [Fact]
    public async Task InitContainers_RunOneAfterAnother_BeforeTheOthers()
    {
        await using var stage = await Stage.SetAsync();
        await stage.Client.PostAsync(Pods, Pod("Always", []));
        await stage.PassAsync(0.8);
        var first = await LookAsync(stage);
        Assert.Equal(("Pending", "running", "waiting", "waiting"), States(first));
        Assert.Equal("PodInitializing", first.At("status/containerStatuses/0/state/waiting/reason"));
        Assert.Equal(("False", "ContainersNotInitialized", "containers with incomplete status: [one two]"), Initialized(first));
        await stage.PassAsync(1);
        var second = await LookAsync(stage);
        Assert.Equal(("Pending", "terminated", "running", "waiting"), States(second));
        Assert.Equal(("False", "ContainersNotInitialized", "containers with incomplete status: [two]"), Initialized(second));
        await stage.PassAsync(2);
        var running = await LookAsync(stage);
        Assert.Equal(("Running", "terminated", "terminated", "running"), States(running));
        Assert.Equal(("True", null, null), Initialized(running));
        Assert.Equal("initialized\n", (await stage.Client.GetAsync($"{Pods}/pod-1/log?container=one")).Text);
    }

    [Fact]
    public async Task InitContainer_ThatFails_FailsAPodThatIsNotRestarted()
    {
        await using var stage = await Stage.SetAsync();
        await stage.Client.PostAsync(Pods, Pod("Never", new JsonObject { ["embedded.workload-gateway.io/init-exit-code"] = "3" }));
        await stage.PassAsync(5);
        var failed = await LookAsync(stage);
        Assert.Equal(("Failed", "terminated", "waiting", "waiting"), States(failed));
        Assert.Equal(("3", "Error"), (failed.At("status/initContainerStatuses/0/state/terminated/exitCode"), failed.At("status/initContainerStatuses/0/state/terminated/reason")));
    }

    [Fact]
    public async Task InitContainer_ThatFails_IsTriedAgainInOtherPods()
    {
        await using var stage = await Stage.SetAsync();
        await stage.Client.PostAsync(Pods, Pod("Always", new JsonObject { ["embedded.workload-gateway.io/init-exit-code"] = "3" }));
        await stage.PassAsync(6);
        var looping = await LookAsync(stage);
        Assert.Equal(("Pending", "CrashLoopBackOff", "1"), (looping.At("status/phase"), looping.At("status/initContainerStatuses/0/state/waiting/reason"), looping.At("status/initContainerStatuses/0/restartCount")));
        await stage.Client.DeleteAsync($"{Pods}/pod-1");
        await stage.PassAsync(2);
        Assert.Empty(await stage.PodsAsync());
    }

    private static Task<Answer> LookAsync(Stage stage) => stage.Client.GetAsync($"{Pods}/pod-1");

    private static (string?, string, string, string) States(Answer pod) =>
        (pod.At("status/phase"), State(pod, "status/initContainerStatuses/0"), State(pod, "status/initContainerStatuses/1"), State(pod, "status/containerStatuses/0"));

    private static string State(Answer pod, string container) => Parse(pod.At($"{container}/state")!).Single().Key;

    private static (string?, string?, string?) Initialized(Answer pod)
    {
        var condition = pod.Body["status"]!["conditions"]!.AsArray().First(item => item!["type"]!.ToString() == "Initialized")!;
        return (condition["status"]!.ToString(), condition["reason"]?.ToString(), condition["message"]?.ToString());
    }

    private static JsonObject Pod(string restartPolicy, JsonObject annotations)
    {
        var pod = Parse($$"""
            {"metadata":{"name":"pod-1"},"spec":{"restartPolicy":"{{restartPolicy}}","containers":[{"name":"main","image":"x"}],
             "initContainers":[{"name":"one","image":"x"},{"name":"two","image":"x"}]} }
            """);
        pod["metadata"]!["annotations"] = annotations;
        return pod;
    }
}
