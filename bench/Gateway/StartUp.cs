using System.Diagnostics;
using Gateway.Bench.Measuring;
using Gateway.Embedded;

namespace Gateway.Bench.Gateway;

/// <summary>How long the gateway takes from its start until it is ready, and what it holds then.</summary>
internal static class StartUp
{
    public static readonly Scenario Scenario = new()
    {
        Name = "gateway-start",
        Text = "The gateway is started on a cluster that stands, and asked every 20 ms whether it is ready; then it is left alone for 10 s.",
        Figures =
        [
            new("s to ready", "N2") { AtMost = 0.7 },
            new("CPU s to ready", "N2"),
            new("idle MB") { AtMost = 60 },
        ],
        RunAsync = RunAsync,
    };

    private static async Task RunAsync(Rounds rounds) => await rounds.RunAsync(5, async () =>
    {
        _ = Published.Program;
        await using var gateway = GatewayServer.Prepare(new EmbeddedClusterOptions());
        var start = Stopwatch.GetTimestamp();
        await gateway.StartProcessAsync();
        var (ready, cpu) = (Stopwatch.GetElapsedTime(start).TotalSeconds, gateway.Process.ProcessorTime.TotalSeconds);
        await Task.Delay(TimeSpan.FromSeconds(10));
        return [ready, cpu, gateway.Process.Megabytes];
    });
}
