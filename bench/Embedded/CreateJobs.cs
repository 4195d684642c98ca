using System.Net;
using Gateway.Bench.Measuring;

namespace Gateway.Bench.Embedded;

/// <summary>How many jobs a second can be created.</summary>
internal static class CreateJobs
{
    private const int Connections = 16;
    private const int Jobs = 10_000;

    public static readonly Scenario WithoutPods = new()
    {
        Name = "embedded-create",
        Text = $"Jobs are created over {Connections} connections, {Jobs:N0} a round, in a cluster that makes no pods (`--makes-pods false`).",
        Figures = Figures,
        RunAsync = rounds => RunAsync(rounds, makesPods: false),
    };

    public static readonly Scenario WithPods = new()
    {
        Name = "embedded-create-pods",
        Text = "The same in a cluster that makes their pods beside answering; sixteen have a GPU at a time, the others wait.",
        Figures = Figures,
        RunAsync = rounds => RunAsync(rounds, makesPods: true),
    };

    private static Figure[] Figures =>
    [
        new("creates/s") { AtLeast = 2_000 },
        new("p50 ms", "N2"),
        new("p99 ms", "N2"),
        new("server CPU s / 1,000", "N3"),
        new("server MB"),
    ];

    private static async Task RunAsync(Rounds rounds, bool makesPods)
    {
        using var server = await EmbeddedServer.StartAsync(makesPods);
        using var load = new Load(Connections);
        var (jobs, first) = (server.Jobs(), 0);
        await rounds.RunAsync(5, async () =>
        {
            var before = server.ProcessorTime;
            var result = await load.RunAsync(number => number < Jobs ? jobs.CreateJob(first + number) : null, HttpStatusCode.Created);
            first += Jobs;
            return [result.PerSecond, result.Latencies.Median(), result.Latencies.Percentile(0.99), (server.ProcessorTime - before).TotalSeconds * 1000 / Jobs, server.Megabytes];
        });
    }
}
