using System.Net;
using System.Text;
using Gateway.Bench.Measuring;
using Gateway.Embedded.Faults;

namespace Gateway.Bench.Gateway;

/// <summary>What a project whose calls to the cluster hang costs the others.</summary>
internal static class SlowProject
{
    private const int Callers = 4;
    private const int SlowCallers = 64;
    private const int Submissions = 6_000;

    public static readonly Scenario Scenario = new()
    {
        Name = "slow-project",
        Text = $"{Callers} callers submit {Submissions:N0} trains to one project: first alone, then while every call of another project to the cluster takes 30 s, and {SlowCallers} callers submit there all the time. "
            + "Each of a round's two halves is measured twice, in turns. The callers and the cluster are in one process, and share two cores with the gateway.",
        Figures =
        [
            new("p50 ms alone", "N2"),
            new("p50 ms beside it", "N2"),
            new("p99 ms alone", "N2"),
            new("p99 ms beside it", "N2"),
            new("p99 higher by", "P0") { AtMost = 0.2 },
            new("slow project: answers"),
        ],
        RunAsync = RunAsync,
    };

    private static async Task RunAsync(Rounds rounds)
    {
        await using var gateway = await GatewayServer.StartOpenAsync(new() { MakesPods = false });
        var next = 0;
        using (var first = new Load(1))
            await first.RunAsync(number => number < 2 ? Submit(gateway, number == 0 ? "team-a" : "team-b", "first") : null, HttpStatusCode.Created);
        await rounds.RunAsync(6, async () =>
        {
            List<double> alone = [], beside = [];
            var answers = 0;
            for (var half = 0; half < 2; half++, next += Submissions)
            {
                alone.AddRange(await MeasureAsync(gateway, next));
                gateway.Faults.Add(new Fault { Kind = FaultKind.Delay, Seconds = 30, Namespace = "runai-team-b" });
                using var over = new CancellationTokenSource();
                var slow = Enumerable.Range(0, SlowCallers).Select(caller => SubmitSlowlyAsync(gateway, $"slow-{Guid.NewGuid():N}"[..20], () => Interlocked.Increment(ref answers), over.Token)).ToList();
                await Task.Delay(TimeSpan.FromSeconds(1));
                beside.AddRange(await MeasureAsync(gateway, next + (Submissions / 2)));
                gateway.Faults.Clear();
                await over.CancelAsync();
                await Task.WhenAll(slow);
            }
            alone.Sort();
            beside.Sort();
            return [alone.Median(), beside.Median(), alone.Percentile(0.99), beside.Percentile(0.99), (beside.Percentile(0.99) / alone.Percentile(0.99)) - 1, answers];
        });
    }

    private static async Task<double[]> MeasureAsync(GatewayServer gateway, int first)
    {
        using var load = new Load(Callers);
        return (await load.RunAsync(sent => sent < Submissions / 2 ? Submit(gateway, "team-a", $"train-{first + sent}") : null, HttpStatusCode.Created)).Latencies;
    }

    private static async Task SubmitSlowlyAsync(GatewayServer gateway, string name, Action answered, CancellationToken over)
    {
        using var http = new HttpClient();
        try
        {
            for (var number = 0; ; number++)
            {
                using var request = Submit(gateway, "team-b", $"{name}-{number}");
                using var response = await http.SendAsync(request, over);
                answered();
                if (!response.IsSuccessStatusCode)
                    await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), over);
            }
        }
        catch (OperationCanceledException)
        {
            // The round is over.
        }
    }

    private static HttpRequestMessage Submit(GatewayServer gateway, string project, string name) =>
        new(HttpMethod.Post, new Uri(gateway.Process.Address, $"/projects/{project}/workloads")) { Content = new StringContent($$"""{"type": "train", "name": "{{name}}", "image": "busybox"}""", Encoding.UTF8, "application/json") };
}
