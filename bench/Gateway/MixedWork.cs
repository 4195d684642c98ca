using System.Globalization;
using System.Net;
using Gateway.Bench.Measuring;
using Gateway.Embedded;

namespace Gateway.Bench.Gateway;

/// <summary>Trains that are submitted, read, listed, suspended and deleted: as fast as can be, beside the same of the cluster itself; and for an hour, steadily.</summary>
internal static class MixedWork
{
    private const int Connections = 16;
    private const int Requests = 10;
    private const int Lives = 600;
    private const int Standing = 200;
    private const int LivesAtATime = 30;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(6);
    private static readonly int Minutes = int.Parse(Environment.GetEnvironmentVariable("GATEWAY_BENCH_MINUTES") ?? "60", CultureInfo.InvariantCulture);

    public static readonly Scenario Fast = new()
    {
        Name = "gateway-mixed",
        Text = $"{Lives} trains a round, over {Connections} connections: each is submitted, read four times, found in two lists of 20, suspended, read again and deleted, beside {Standing} others that stay. In each round the same is done with the Jobs in the cluster itself over TLS. "
            + "The callers and the cluster are in one process, and share two cores with the gateway.",
        Figures =
        [
            new("requests/s"),
            new("requests/s, direct"),
            new("p50 ms", "N2"),
            new("p50 ms, direct", "N2"),
            new("p99 ms", "N2"),
            new("p99 ms, direct", "N2"),
            new("gateway CPU s / 1,000", "N3"),
            new("cluster calls", "N3"),
            new("gateway MB"),
        ],
        RunAsync = RunFastAsync,
    };

    public static readonly Scenario Long = new()
    {
        Name = "gateway-hour",
        Text = $"The same trains, {LivesAtATime} every {Beat.TotalSeconds:N0} s, for an hour (GATEWAY_BENCH_MINUTES says otherwise). Memory is the least of a tenth of the time, the second tenth and the last.",
        Figures =
        [
            new("minutes"),
            new("requests"),
            new("gateway MB, in the second tenth"),
            new("gateway MB, in the last tenth"),
            new("grown by", "P1") { AtMost = 0.05 },
        ],
        RunAsync = RunLongAsync,
    };

    private static async Task RunFastAsync(Rounds rounds)
    {
        await using var gateway = await GatewayServer.StartAsync(new EmbeddedClusterOptions { MakesPods = false });
        var (token, job) = await PrepareAsync(gateway);
        using var load = new Load(Connections, gateway.Certificate);
        var next = 0;
        await rounds.RunAsync(5, warmUps: 4, measure: async () =>
        {
            var from = next += Lives;
            var direct = await load.RunAsync(number => number < Lives ? Trains.LiveDirectly(gateway.ClusterOverTls, gateway.Cluster.Token, job, $"direct-{from + number}") : null);
            var (cpu, calls) = (gateway.Process.ProcessorTime, gateway.Reads);
            var through = await load.RunAsync(number => number < Lives ? Trains.Live(gateway, token, $"train-{from + number}") : null);
            var (spent, called) = ((gateway.Process.ProcessorTime - cpu).TotalSeconds, (double)(gateway.Reads - calls));
            return
            [
                through.PerSecond, direct.PerSecond, through.Latencies.Median(), direct.Latencies.Median(), through.Latencies.Percentile(0.99), direct.Latencies.Percentile(0.99),
                spent * 1000 / (Lives * Requests), called / (Lives * Requests), gateway.Process.Megabytes,
            ];
        });
    }

    private static async Task RunLongAsync(Rounds rounds) => await rounds.RunAsync(1, warmUps: 0, measure: async () =>
    {
        await using var gateway = await GatewayServer.StartAsync(new EmbeddedClusterOptions { MakesPods = false });
        var (token, _) = await PrepareAsync(gateway);
        using var load = new Load(Connections);
        using var beat = new PeriodicTimer(Beat);
        var beats = (int)(TimeSpan.FromMinutes(Minutes) / Beat);
        var megabytes = new double[beats];
        for (var i = 0; i < beats; i++)
        {
            var from = i * LivesAtATime;
            await load.RunAsync(number => number < LivesAtATime ? Trains.Live(gateway, token, $"train-{from + number}") : null);
            await beat.WaitForNextTickAsync();
            megabytes[i] = gateway.Process.Megabytes;
        }
        var tenth = beats / 10;
        var (early, late) = (megabytes[tenth..(2 * tenth)].Min(), megabytes[^tenth..].Min());
        return [Minutes, beats * LivesAtATime * Requests, early, late, (late / early) - 1];
    });

    // Whoever may submit, and the Job of a train as the gateway makes it; others stand there as well.
    private static async Task<(string Token, string Job)> PrepareAsync(GatewayServer gateway)
    {
        var token = await gateway.SubmitterAsync("bench");
        using var load = new Load(1);
        await load.RunAsync(number => number < Standing ? Trains.Submit(gateway, token, $"standing-{number}") : null, HttpStatusCode.Created);
        return (token, await Trains.JobAsync(gateway, "standing-0"));
    }
}
