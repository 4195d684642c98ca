using System.Net;
using Gateway.Bench.Measuring;
using Gateway.Embedded;

namespace Gateway.Bench.Gateway;

/// <summary>What the gateway adds to a submission: the same Job is also posted to the cluster itself, and through `kubectl proxy`.</summary>
internal static class SubmitTrains
{
    public static readonly Scenario One = Of(1, 3_000) with
    {
        Figures = [.. Figures, new("added p50 ms", "N2") { AtMost = 1 }, new("added p99 ms", "N2") { AtMost = 3 }],
    };

    public static readonly Scenario Sixteen = Of(16, 3_000);

    public static readonly Scenario SixtyFour = Of(64, 3_000);

    private static Figure[] Figures =>
    [
        new("submissions/s"),
        new("direct posts/s"),
        new("share of direct", "P0") { AtLeast = 0.85 },
        new("p50 ms", "N2"),
        new("p50 ms, direct", "N2"),
        new("p99 ms", "N2"),
        new("p99 ms, direct", "N2"),
        new("gateway CPU ms", "N3"),
        new("kubectl proxy CPU ms", "N3"),
        new("of kubectl proxy's CPU", "N2") { AtMost = 1 },
        new("cluster calls", "N3") { AtMost = 1.01 },
        new("gateway MB"),
    ];

    private static Scenario Of(int connections, int submissions) => new()
    {
        Name = $"gateway-submit-{connections}",
        Text = $"A caller with a Kubernetes token submits trains over {connections} connection{(connections == 1 ? "" : "s")}, {submissions:N0} a round; in each round as many of the same Jobs are posted to a namespace of the cluster itself that is no project, over TLS, "
            + "and through `kubectl proxy`. CPU and calls are those of one submission. The callers and the cluster, which answers faster than a real one, are in one process, and share two cores with the gateway: "
            + "so the share of direct posts says how much of the machine the gateway takes, and less of what it would be on a real cluster.",
        Figures = Figures,
        RunAsync = rounds => RunAsync(rounds, connections, submissions),
    };

    private static async Task RunAsync(Rounds rounds, int connections, int submissions)
    {
        await using var gateway = await GatewayServer.StartAsync(new EmbeddedClusterOptions { MakesPods = false });
        using var proxy = await KubectlProxy.StartAsync(await gateway.WriteKubeconfigAsync());
        var token = await gateway.SubmitterAsync("bench");
        var next = 0;
        using (var first = new Load(1))
            await first.RunAsync(number => number == 0 ? Trains.Submit(gateway, token, "seed") : null, HttpStatusCode.Created);
        var job = await Trains.JobAsync(gateway, "seed");
        using var load = new Load(connections, gateway.Certificate);
        await rounds.RunAsync(5, warmUps: 5, measure: async () =>
        {
            var direct = await load.RunAsync(number => number < submissions ? Trains.Post(gateway.ClusterOverTls, gateway.Cluster.Token, job, Name(ref next)) : null, HttpStatusCode.Created);
            var (cpu, calls) = (gateway.Process.ProcessorTime, gateway.Reads);
            var through = await load.RunAsync(number => number < submissions ? Trains.Submit(gateway, token, Name(ref next)) : null, HttpStatusCode.Created);
            var (spent, called) = ((gateway.Process.ProcessorTime - cpu).TotalMilliseconds / submissions, (gateway.Reads - calls) / (double)submissions);
            var passed = proxy?.ProcessorTime ?? default;
            if (proxy is not null)
                await load.RunAsync(number => number < submissions ? Trains.Post(proxy.Address, null, job, Name(ref next)) : null, HttpStatusCode.Created);
            var passing = proxy is null ? double.NaN : (proxy.ProcessorTime - passed).TotalMilliseconds / submissions;
            double[] figures =
            [
                through.PerSecond, direct.PerSecond, through.PerSecond / direct.PerSecond, through.Latencies.Median(), direct.Latencies.Median(), through.Latencies.Percentile(0.99), direct.Latencies.Percentile(0.99),
                spent, passing, spent / passing, called, gateway.Process.Megabytes,
            ];
            return connections > 1 ? figures : [.. figures, figures[3] - figures[4], figures[5] - figures[6]];
        });
    }

    private static string Name(ref int next) => $"train-{Interlocked.Increment(ref next)}";
}
