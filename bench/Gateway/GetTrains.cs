using System.Net;
using Gateway.Bench.Measuring;
using Gateway.Embedded;

namespace Gateway.Bench.Gateway;

/// <summary>How quickly the gateway tells of a workload, and that the cluster is not asked for it.</summary>
internal static class GetTrains
{
    private const int Connections = 16;
    private const int Workloads = 1_000;
    private const int Gets = 40_000;

    public static readonly Scenario Scenario = new()
    {
        Name = "gateway-get",
        Text = $"A caller with a Kubernetes token gets one of {Workloads:N0} trains, another one each time, over {Connections} connections, {Gets:N0} times a round. The callers and the cluster are in one process, and share two cores with the gateway: "
            + "what the machine had left for the gateway is in the CPU of one get.",
        Figures =
        [
            new("gets/s") { AtLeast = 20_000 },
            new("p50 ms", "N2"),
            new("p99 ms", "N2"),
            new("gateway CPU ms", "N3"),
            new("gets per second of gateway CPU"),
            new("cluster calls") { AtMost = 0 },
            new("gateway MB"),
        ],
        RunAsync = RunAsync,
    };

    private static async Task RunAsync(Rounds rounds)
    {
        await using var gateway = await GatewayServer.StartAsync(new EmbeddedClusterOptions { MakesPods = false });
        var token = await gateway.SubmitterAsync("bench");
        var (cluster, admin) = gateway.Cluster;
        using (var filling = new Load(4))
            await filling.RunAsync(number => number < Workloads ? ListPages.Create(cluster, admin, "team-a", number) : null, HttpStatusCode.Created);
        using var load = new Load(Connections);
        await rounds.RunAsync(5, async () =>
        {
            var (cpu, calls) = (gateway.Process.ProcessorTime, gateway.Reads);
            var result = await load.RunAsync(number => number < Gets ? Trains.Get(gateway, token, $"/train-{number % Workloads}") : null, HttpStatusCode.OK);
            var spent = (gateway.Process.ProcessorTime - cpu).TotalMilliseconds / Gets;
            return [result.PerSecond, result.Latencies.Median(), result.Latencies.Percentile(0.99), spent, 1000 / spent, gateway.Reads - calls, gateway.Process.Megabytes];
        }, warmUps: 2);
    }
}
