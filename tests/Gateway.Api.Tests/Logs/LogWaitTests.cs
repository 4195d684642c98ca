using System.Text.Json.Nodes;
using k8s;
using Xunit;

namespace Gateway.Api.Tests.Logs;

/// <summary>Follows of workloads whose pods have not started, and what they take of the cluster.</summary>
public sealed class LogWaitTests
{
    [Fact]
    public async Task Follow_WhileItWaits_AsksTheClusterNothing()
    {
        await using var stage = await LogStage.SetAsync();
        await stage.SubmitAsync(Suspended());
        var follows = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => stage.AskAsync("waits", "?follow=true")));
        var reading = Task.WhenAll(follows.Select(follow => follow.Content.ReadAsStringAsync()));
        await stage.UntilAsync(() => Watches(stage) >= 6);
        var before = Reads(stage);

        for (var minute = 0; minute < 2; minute++)
            await stage.PassAsync(60);
        Assert.Equal(before, Reads(stage));
        Assert.False(reading.IsCompleted);
        await stage.ResumeAsync("waits");
        await stage.UntilAsync(() => stage.LogCalls == follows.Length, passing: true);

        // What began to be read was seen by the watches alone.
        Assert.Equal(before, Reads(stage));
        Assert.All(await stage.WhileTimePassesAsync(reading), text => Assert.Equal("one\ntwo\nthree\n", text));
    }

    [Fact]
    public async Task Follow_WithoutAPicture_AsksTheClusterNowAndThen()
    {
        await using var stage = await LogStage.SetAsync(("Live:Projects", "0"));
        await stage.SubmitAsync(Suspended());
        using var follow = await stage.AskAsync("waits", "?follow=true");
        var reading = follow.Content.ReadAsStringAsync();
        var before = Reads(stage);
        await stage.UntilAsync(() => Reads(stage) >= before + 10, passing: true);
        Assert.Equal(0, Watches(stage));

        await stage.ResumeAsync("waits");

        Assert.Equal("one\ntwo\nthree\n", await stage.WhileTimePassesAsync(reading));
    }

    [Fact]
    public async Task Follow_WhereNothingMayBeWatched_AsksTheClusterNowAndThen()
    {
        await using var stage = await LogStage.SetAsync();
        var role = await stage.Host.Cluster.RbacAuthorizationV1.ReadClusterRoleAsync("workload-gateway-project");
        foreach (var rule in role.Rules)
            rule.Verbs = [.. rule.Verbs.Where(verb => verb != "watch")];
        await stage.Host.Cluster.RbacAuthorizationV1.ReplaceClusterRoleAsync(role, "workload-gateway-project");
        await stage.SubmitAsync(Suspended());
        using var follow = await stage.AskAsync("waits", "?follow=true");
        var reading = follow.Content.ReadAsStringAsync();

        await stage.ResumeAsync("waits");

        Assert.Equal("one\ntwo\nthree\n", await stage.WhileTimePassesAsync(reading));
    }

    private static JsonObject Suspended() => LogStage.Writer("waits", seconds: "60", more: new() { ["suspended"] = true });

    private static int Watches(LogStage stage) => stage.Host.Accesses.Count(access => access.Path.Contains("watch=true", StringComparison.Ordinal));

    // Watches and logs are answers that go on.
    private static int Reads(LogStage stage) => stage.Host.Accesses.Count(access =>
        access.User == $"system:serviceaccount:{LogStage.Space}:workload-gateway" && !access.Path.Contains("watch=true", StringComparison.Ordinal) && !access.Path.Contains("/log?", StringComparison.Ordinal));
}
