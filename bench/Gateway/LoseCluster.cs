using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using Gateway.Bench.Measuring;
using k8s;
using k8s.Models;

namespace Gateway.Bench.Gateway;

/// <summary>What callers and memory see of a cluster that is gone for half a minute.</summary>
internal static class LoseCluster
{
    private const int Callers = 16;
    private const int Before = 15;
    private const int Gone = 30;
    private const int After = 15;

    public static readonly Scenario Scenario = new()
    {
        Name = "cluster-outage",
        Text = $"{Callers} callers submit trains, each with a key, as fast as they are answered; who gets a 503 waits as long as Retry-After says, and sends the same again. After {Before} s the way to the cluster is cut, "
            + $"for {Gone} s: connections break and new ones are refused. Full speed is the first second with nine tenths of the median of the {Before} s before. In the end every submission that was acknowledged has to be in the cluster, and no other.",
        Figures =
        [
            new("submissions/s before"),
            new("slowest 503, ms") { AtMost = 2_000 },
            new("503 without Retry-After") { AtMost = 0 },
            new("other answers") { AtMost = 0 },
            new("s to full speed", "N1") { AtMost = 5 },
            new("acknowledged and lost") { AtMost = 0 },
            new("twice, or never acknowledged") { AtMost = 0 },
            new("gateway MB before"),
            new("gateway MB gone"),
        ],
        RunAsync = RunAsync,
    };

    private static async Task RunAsync(Rounds rounds)
    {
        await using var gateway = GatewayServer.Prepare(new() { MakesPods = false });
        _ = gateway.Relay;
        await gateway.StartProcessAsync("--Authentication:Mode=Anonymous", "--Authentication:AllowAnonymous=true");
        await rounds.RunAsync(3, () => MeasureAsync(gateway));
    }

    private static async Task<double[]> MeasureAsync(GatewayServer gateway)
    {
        var round = Guid.NewGuid().ToString("N")[..6];
        var answers = new ConcurrentQueue<Answer>();
        using var over = new CancellationTokenSource();
        var (began, number) = (Stopwatch.GetTimestamp(), 0);
        var callers = Enumerable.Range(0, Callers).Select(_ => Task.Run(() => CallAsync(gateway, () => $"w-{round}-{Interlocked.Increment(ref number)}", began, answers, over.Token))).ToList();
        await Task.Delay(TimeSpan.FromSeconds(Before));
        var before = gateway.Process.Megabytes;
        gateway.Relay.Cut();
        await Task.Delay(TimeSpan.FromSeconds(Gone));
        var gone = gateway.Process.Megabytes;
        gateway.Relay.Mend();
        var mended = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await Task.Delay(TimeSpan.FromSeconds(After));
        await over.CancelAsync();
        await Task.WhenAll(callers);

        var made = answers.Where(answer => answer.Status is HttpStatusCode.Created or HttpStatusCode.OK).ToList();
        var refused = answers.Where(answer => answer.Status == HttpStatusCode.ServiceUnavailable).ToList();
        var perSecond = made.CountBy(answer => (int)answer.At).ToDictionary();
        var usual = Enumerable.Range(2, Before - 3).Select(second => (double)perSecond.GetValueOrDefault(second)).Order().ToList().Median();
        var full = Enumerable.Range(0, After * 4).Select(step => mended + (step / 4.0))
            .FirstOrDefault(from => made.Count(answer => answer.At >= from && answer.At < from + 1) >= 0.9 * usual, mended + After) - mended;
        var stored = (await gateway.Administrator.BatchV1.ListNamespacedJobAsync("runai-team-a")).Items.Where(job => job.Name().StartsWith($"w-{round}-", StringComparison.Ordinal)).Select(job => job.Uid()).ToHashSet();
        var acknowledged = made.Select(answer => answer.Uid).ToHashSet();
        return
        [
            usual, refused.Select(answer => answer.Took).DefaultIfEmpty().Max(), refused.Count(answer => !answer.SaysWhen), answers.Count - made.Count - refused.Count, full,
            acknowledged.Except(stored).Count(), stored.Except(acknowledged).Count(), before, gone,
        ];
    }

    private static async Task CallAsync(GatewayServer gateway, Func<string> next, long began, ConcurrentQueue<Answer> answers, CancellationToken over)
    {
        using var http = new HttpClient { BaseAddress = gateway.Process.Address };
        // The last one is sent until it is acknowledged.
        while (!over.IsCancellationRequested)
        {
            for (var (name, done) = (next(), false); !done;)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/projects/team-a/workloads") { Content = new StringContent($$"""{"type": "train", "name": "{{name}}", "image": "busybox"}""", Encoding.UTF8, "application/json") };
                request.Headers.Add("Idempotency-Key", name);
                var sent = Stopwatch.GetTimestamp();
                using var response = await http.SendAsync(request, CancellationToken.None);
                var text = await response.Content.ReadAsStringAsync(CancellationToken.None);
                done = response.IsSuccessStatusCode;
                answers.Enqueue(new(response.StatusCode, Stopwatch.GetElapsedTime(began).TotalSeconds, Stopwatch.GetElapsedTime(sent).TotalMilliseconds, response.Headers.RetryAfter is not null, done ? Uid(text) : null));
                if (!done) await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), CancellationToken.None);
            }
        }
    }

    private static string Uid(string workload) => System.Text.Json.JsonDocument.Parse(workload).RootElement.GetProperty("uid").GetString()!;

    private sealed record Answer(HttpStatusCode Status, double At, double Took, bool SaysWhen, string? Uid);
}
