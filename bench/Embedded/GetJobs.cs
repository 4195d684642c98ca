using System.Net;
using Gateway.Bench.Measuring;

namespace Gateway.Bench.Embedded;

/// <summary>How many jobs a second can be read.</summary>
internal static class GetJobs
{
    private const int Connections = 16;
    private const int Jobs = 1_000;
    private const int Gets = 60_000;

    public static readonly Scenario Scenario = new()
    {
        Name = "embedded-get",
        Text = $"One of {Jobs:N0} jobs after another is read over {Connections} connections, {Gets:N0} a round.",
        Figures =
        [
            new("gets/s") { AtLeast = 20_000 },
            new("p50 ms", "N2"),
            new("p99 ms", "N2"),
            new("server CPU s / 1,000", "N3"),
            new("server MB"),
        ],
        RunAsync = RunAsync,
    };

    private static async Task RunAsync(Rounds rounds)
    {
        using var server = await EmbeddedServer.StartAsync();
        using var load = new Load(Connections);
        var jobs = server.Jobs();
        await load.RunAsync(number => number < Jobs ? jobs.CreateJob(number) : null, HttpStatusCode.Created);
        await rounds.RunAsync(5, async () =>
        {
            var before = server.ProcessorTime;
            var result = await load.RunAsync(number => number < Gets ? jobs.GetJob(number % Jobs) : null, HttpStatusCode.OK);
            return [result.PerSecond, result.Latencies.Median(), result.Latencies.Percentile(0.99), (server.ProcessorTime - before).TotalSeconds * 1000 / Gets, server.Megabytes];
        });
    }
}
