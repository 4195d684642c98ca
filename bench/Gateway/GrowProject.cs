using System.Net;
using Gateway.Bench.Measuring;
using Gateway.Embedded;

namespace Gateway.Bench.Gateway;

/// <summary>What one project's size costs: of memory, and of the time of each request.</summary>
internal static class GrowProject
{
    private const int Connections = 4;
    private const int Requests = 1_000;

    private static readonly int[] Sizes = [1_000, 10_000, 100_000];

    public static readonly Scenario Scenario = new()
    {
        Name = "gateway-growth",
        Text = $"One project with {string.Join(", then ", Sizes.Select(size => $"{size:N0}"))} trains. At each size {Requests:N0} trains are read, {Requests:N0} submitted, and {Requests:N0} first pages of 50 listed, over {Connections} connections. "
            + "The callers and the cluster are in one process, make no pods, and share two cores with the gateway.",
        Figures = [.. Sizes.SelectMany(Of)],
        RunAsync = RunAsync,
    };

    private static Figure[] Of(int size) =>
        [new($"{size:N0}: get p50 ms", "N2"), new($"{size:N0}: submit p50 ms", "N2"), new($"{size:N0}: page p50 ms", "N2"), new($"{size:N0}: page p99 ms", "N2"), new($"{size:N0}: gateway MB")];

    private static Task RunAsync(Rounds rounds) => rounds.RunAsync(2, async () =>
    {
        await using var gateway = await GatewayServer.StartAsync(new EmbeddedClusterOptions { MakesPods = false });
        var token = await gateway.SubmitterAsync("bench");
        var (cluster, admin) = gateway.Cluster;
        using var load = new Load(Connections);
        var (figures, held) = (new List<double>(), 0);
        foreach (var size in Sizes)
        {
            var (first, more) = (held, size - held);
            await load.RunAsync(number => number < more ? ListPages.Create(cluster, admin, "team-a", first + number) : null, HttpStatusCode.Created);
            held = size;
            // Read until it is watched, and all of that is known.
            await load.RunAsync(number => number < Connections ? Trains.Get(gateway, token, "") : null, HttpStatusCode.OK);
            await Task.Delay(TimeSpan.FromSeconds(2));
            var get = await load.RunAsync(number => number < Requests ? Trains.Get(gateway, token, $"/train-{(number * 7919) % size}") : null, HttpStatusCode.OK);
            var submit = await load.RunAsync(number => number < Requests ? Trains.Submit(gateway, token, $"new-{size}-{number}") : null, HttpStatusCode.Created);
            var page = await load.RunAsync(number => number < Requests ? Trains.Get(gateway, token, "?limit=50") : null, HttpStatusCode.OK);
            figures.AddRange([get.Latencies.Median(), submit.Latencies.Median(), page.Latencies.Median(), page.Latencies.Percentile(0.99), gateway.Process.Megabytes]);
        }
        return [.. figures];
    });
}
