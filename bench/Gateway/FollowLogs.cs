using System.Diagnostics;
using System.Net;
using System.Text;
using Gateway.Bench.Measuring;

namespace Gateway.Bench.Gateway;

/// <summary>What a thousand logs that are followed cost the gateway, and those who submit meanwhile.</summary>
internal static class FollowLogs
{
    private const int Follows = 1_000;
    private const int Submissions = 1_000;
    private const int LinesEvery = 8;

    public static readonly Scenario Scenario = new()
    {
        Name = "gateway-logs",
        Text = $"A project of {Follows:N0} trains that run, each of which writes a line every {LinesEvery} s. A caller submits {Submissions:N0} suspended trains to another project, one after another: first while nobody reads a log, "
            + $"then while {Follows:N0} readers follow a log each, over a connection each, and have had their first lines. The readers and the cluster are in one process, and share two cores with the gateway.",
        Figures =
        [
            new("submission p50 ms, no follows", "N2"),
            new("submission p99 ms, no follows", "N2"),
            new("submission p50 ms, followed", "N2"),
            new("submission p99 ms, followed", "N2"),
            new("slower by", "P1") { AtMost = 0.2 },
            new("s until all had a line", "N1"),
            new("lines/s meanwhile"),
            new("gateway MB") { AtMost = 512 },
        ],
        RunAsync = RunAsync,
    };

    private static async Task RunAsync(Rounds rounds)
    {
        await using var gateway = await GatewayServer.StartOpenAsync(new());
        using var load = new Load(4);
        await load.RunAsync(number => number < Follows ? Submit(gateway, "team-a", Writer($"writer-{number}")) : null, HttpStatusCode.Created);
        // Until the last pod runs, and has written its first line.
        await Task.Delay(TimeSpan.FromSeconds(10));
        var next = 0;
        await rounds.RunAsync(6, async () =>
        {
            var alone = await SubmitAsync(gateway, () => next++);
            using var audience = new LogReaders(gateway.Process.Address);
            var opening = Stopwatch.GetTimestamp();
            await audience.OpenAsync([.. Enumerable.Range(0, Follows).Select(number => $"/projects/team-a/workloads/writer-{number}/logs?follow=true")]);
            var (opened, before) = (Stopwatch.GetTimestamp(), audience.Lines);
            var meanwhile = await SubmitAsync(gateway, () => next++);
            var lines = (audience.Lines - before) / Stopwatch.GetElapsedTime(opened).TotalSeconds;
            var (quiet, loud) = (alone.Latencies.Median(), meanwhile.Latencies.Median());
            return [quiet, alone.Latencies.Percentile(0.99), loud, meanwhile.Latencies.Percentile(0.99), (loud / quiet) - 1, Stopwatch.GetElapsedTime(opening, opened).TotalSeconds, lines, gateway.Process.Megabytes];
        });
    }

    // After a while in which whatever was begun or ended before comes to rest.
    private static async Task<LoadResult> SubmitAsync(GatewayServer gateway, Func<int> next)
    {
        await Task.Delay(TimeSpan.FromSeconds(5));
        using var load = new Load(1);
        return await load.RunAsync(
            sent => sent < Submissions ? Submit(gateway, "team-b", $$"""{"type": "train", "name": "train-{{next()}}", "image": "busybox", "suspended": true}""") : null, HttpStatusCode.Created);
    }

    private static HttpRequestMessage Submit(GatewayServer gateway, string project, string body) =>
        new(HttpMethod.Post, new Uri(gateway.Process.Address, $"/projects/{project}/workloads")) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private static string Writer(string name) => $$"""
        {
          "type": "train", "name": "{{name}}", "image": "busybox",
          "annotations": {
            "embedded.workload-gateway.io/run-seconds": "forever",
            "embedded.workload-gateway.io/log-every-seconds": "{{LinesEvery}}",
            "embedded.workload-gateway.io/log-lines": "{{string.Join("\\n", Enumerable.Range(1, 100).Select(step => $"step {step} loss {1.0 / step:N4}"))}}"
          }
        }
        """;
}
