using System.Text.Json.Nodes;
using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests.Life;

public sealed class LogTests
{
    [Theory]
    [InlineData("", "one\ntwo\nthree\n")]
    [InlineData("?tailLines=1", "three\n")]
    [InlineData("?limitBytes=5", "one\nt")]
    [InlineData("?sinceTime=2026-01-01T12:00:01Z", "two\nthree\n")]
    [InlineData("?sinceSeconds=1", "")]
    [InlineData("?timestamps=true&tailLines=1", "2026-01-01T12:00:02.300000000Z three\n")]
    public async Task Logs_ComeAsAskedFor(string query, string expected)
    {
        await using var stage = await Stage.SetAsync();
        await stage.Client.PostAsync(Pods, Writer());
        await stage.PassAsync(10);
        var log = await stage.Client.GetAsync($"{Pods}/writer/log{query}");
        Assert.Equal((200, expected), (log.Status, log.Text));
    }

    [Theory]
    [InlineData("?previous=true", 400, "previous terminated container \"main\" in pod \"writer\" not found")]
    [InlineData("?container=nope", 400, "container nope is not valid for pod writer")]
    [InlineData("?tailLines=-1", 422, "PodLogOptions \"writer\" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0")]
    public async Task Logs_ThatCannotBe_AreRefused(string query, int status, string message)
    {
        await using var stage = await Stage.SetAsync();
        await stage.Client.PostAsync(Pods, Writer());
        await stage.PassAsync(1);
        var refused = await stage.Client.GetAsync($"{Pods}/writer/log{query}");
        Assert.Equal((status, message), (refused.Status, refused.At("message")));
    }

    [Fact]
    public async Task Follow_EndsWithTheContainer()
    {
        await using var stage = await Stage.SetAsync();
        await stage.Client.PostAsync(Pods, Writer());
        await stage.PassAsync(1);
        var following = stage.Client.GetAsync($"{Pods}/writer/log?follow=true");
        while (!following.IsCompleted) await stage.PassAsync(0.5);
        Assert.Equal("one\ntwo\nthree\n", (await following).Text);
    }

    private static JsonObject Writer() => Parse("""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"writer","annotations":{
          "embedded.workload-gateway.io/run-seconds":"4","embedded.workload-gateway.io/log-lines":"one\ntwo\nthree"}},
         "spec":{"containers":[{"name":"main","image":"x"}],"restartPolicy":"Never"}}
        """);
}
