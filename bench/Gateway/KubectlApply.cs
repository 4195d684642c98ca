using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using Gateway.Bench.Measuring;
using Gateway.Embedded;

namespace Gateway.Bench.Gateway;

/// <summary>What a submission takes beside `kubectl apply` of the same Job, which the gateway replaces.</summary>
internal static class KubectlApply
{
    private const int Times = 20;

    public static readonly Scenario Scenario = new()
    {
        Name = "kubectl-apply",
        Text = $"One train after another is submitted to the gateway, {Times} a round, and as many of the same Jobs are given to the cluster by `kubectl apply`, a process each, as a person or a script would. The cluster is in the process of the caller.",
        Figures = [new("submission ms", "N1"), new("kubectl apply ms", "N1"), new("times as long", "N1")],
        RunAsync = RunAsync,
    };

    private static async Task RunAsync(Rounds rounds)
    {
        try
        {
            await CompareAsync(rounds);
        }
        catch (Win32Exception)
        {
            Console.Error.WriteLine("There is no kubectl: this is left out.");
        }
    }

    private static async Task CompareAsync(Rounds rounds)
    {
        await using var gateway = await GatewayServer.StartAsync(new EmbeddedClusterOptions { MakesPods = false });
        var (token, kubeconfig, next) = (await gateway.SubmitterAsync("bench"), await gateway.WriteKubeconfigAsync(), 0);
        using var load = new Load(1);
        await load.RunAsync(number => number == 0 ? Trains.Submit(gateway, token, "seed") : null, HttpStatusCode.Created);
        var job = await Trains.JobAsync(gateway, "seed");
        await rounds.RunAsync(5, async () =>
        {
            var from = next += Times;
            var submitted = await load.RunAsync(number => number < Times ? Trains.Submit(gateway, token, $"train-{from + number}") : null, HttpStatusCode.Created);
            var applied = new double[Times];
            for (var i = 0; i < Times; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await ApplyAsync(kubeconfig, job.Replace("{name}", $"applied-{from + i}", StringComparison.Ordinal));
                applied[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
            Array.Sort(applied);
            return [submitted.Latencies.Median(), applied.Median(), applied.Median() / submitted.Latencies.Median()];
        });
    }

    private static async Task ApplyAsync(string kubeconfig, string job)
    {
        using var kubectl = Process.Start(new ProcessStartInfo("kubectl", ["apply", $"--kubeconfig={kubeconfig}", "--namespace=runai-team-a", "-f", "-"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await kubectl.StandardInput.WriteAsync(job);
        kubectl.StandardInput.Close();
        await kubectl.WaitForExitAsync();
        if (kubectl.ExitCode != 0) throw new InvalidOperationException("kubectl apply failed.");
    }
}
