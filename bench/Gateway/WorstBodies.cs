using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Gateway.Bench.Measuring;

namespace Gateway.Bench.Gateway;

/// <summary>What callers who send the largest and most costly bodies again and again cost somebody who sends small ones.</summary>
internal static class WorstBodies
{
    private const int Attackers = 12;
    private const int HeapMiB = 384;

    private static readonly TimeSpan Alone = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Meanwhile = TimeSpan.FromSeconds(30);

    private static readonly (string Path, byte[] Body)[] Bodies =
    [
        ("", Submission(Terms(Many("{}", 340_000)))),
        ("?dryRun=true", Submission(Terms(Many($$"""{"matchExpressions": [{{Many("""{"key": "a", "operator": "Exists"}""", 32)}}]}""", 100)))),
        ("?dryRun=true", Submission("null", $$""", "args": [{{Many($"\"{new string('a', 130_000)}\"", 8)}}]""")),
        ("?dryRun=true", Submission("null", $$""", "args": [{{Many($"\"{new string('ä', 65_000)}\"", 8)}}]""")),
        ("", Submission("null", $$""", "volumes": [{{Many("{}", 340_000)}}]""")),
        ("/batch", Batch("bestEffort", Many("{}", 2_700_000))),
        ("/batch", Batch("validateFirst", Many(Text(Terms(Many("{}", 100)), $$""", "args": ["{{new string('a', 7_000)}}"]"""), 1_000))),
        ("/batch", Batch("validateFirst", Many(Text("null", $$""", "args": [{{Many($"\"{new string('a', 130_000)}\"", 7)}}]"""), 8))),
    ];

    public static readonly Scenario Scenario = new()
    {
        Name = "gateway-worst-bodies",
        Text = $"A caller reads a train, reads a list and submits a small train, one request after another: {Alone.TotalSeconds:N0} s alone, and {Meanwhile.TotalSeconds:N0} s while {Attackers} others, who may submit as well, send the worst bodies "
            + $"that are known, as fast as they are answered: lists of hundreds of thousands of nothings, submissions of 1 MiB that are valid, and batches of 8 MiB. The gateway has a heap of {HeapMiB} MiB, as .NET gives it in a pod of 512. "
            + "The callers and the cluster are in one process, and share two cores with the gateway.",
        Figures =
        [
            new("p99 ms alone", "N1"),
            new("p99 ms meanwhile", "N1"),
            new("p99 ms more", "N1") { AtMost = 100 },
            new("slowest ms meanwhile"),
            new("requests/s meanwhile"),
            new("of the caller: refused or failed") { AtMost = 0 },
            new("of the others: 500s, or no answer") { AtMost = 0 },
            new("of the others: 429s"),
            new("of the others: answers"),
            new("gateway MB at most") { AtMost = 512 },
            new("gateway ended") { AtMost = 0 },
        ],
        RunAsync = RunAsync,
    };

    private static Task RunAsync(Rounds rounds) => rounds.RunAsync(3, warmUps: 0, measure: async () =>
    {
        await using var gateway = GatewayServer.Prepare(new() { MakesPods = false });
        gateway.HeapMiB = HeapMiB;
        await gateway.StartProcessAsync();
        var tokens = await Task.WhenAll(Enumerable.Range(0, Attackers).Select(i => gateway.SubmitterAsync($"attacker-{i}")));
        var caller = await gateway.SubmitterAsync("caller");
        var next = 0;
        await WorkAsync(gateway, caller, Alone / 2, () => next++);
        var alone = await WorkAsync(gateway, caller, Alone, () => next++);
        using var over = new CancellationTokenSource();
        var answers = new ConcurrentBag<int>();
        var attack = tokens.Select((token, i) => Task.Run(() => AttackAsync(gateway, token, i, answers, over.Token))).ToList();
        var most = MostMegabytesAsync(gateway, over.Token);
        var meanwhile = await WorkAsync(gateway, caller, Meanwhile, () => next++);
        await over.CancelAsync();
        await Task.WhenAll(attack);
        var (quiet, loud) = (alone.Latencies.Percentile(0.99), meanwhile.Latencies.Percentile(0.99));
        return
        [
            quiet, loud, loud - quiet, meanwhile.Latencies[^1], meanwhile.Latencies.Length / Meanwhile.TotalSeconds, meanwhile.Failed,
            answers.Count(status => status is 0 or >= 500), answers.Count(status => status == 429), answers.Count, await most, gateway.Process.Runs ? 0 : 1,
        ];
    });

    private static async Task<(double[] Latencies, int Failed)> WorkAsync(GatewayServer gateway, string token, TimeSpan time, Func<int> next)
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { MaxConnectionsPerServer = 1, UseProxy = false });
        var (began, latencies, failed) = (Stopwatch.GetTimestamp(), new List<double>(), 0);
        while (Stopwatch.GetElapsedTime(began) < time && gateway.Process.Runs)
        {
            var name = $"train-{next()}";
            foreach (var request in (HttpRequestMessage[])[Trains.Submit(gateway, token, name), Trains.Get(gateway, token, $"/{name}"), Trains.Get(gateway, token, "?limit=20")])
            {
                var sent = Stopwatch.GetTimestamp();
                var status = await StatusAsync(http, request, CancellationToken.None);
                latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                failed += status is >= 200 and < 300 ? 0 : 1;
            }
        }
        return ([.. latencies.Order()], failed);
    }

    private static async Task AttackAsync(GatewayServer gateway, string token, int first, ConcurrentBag<int> answers, CancellationToken over)
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { MaxConnectionsPerServer = 1, UseProxy = false });
        for (var i = first; !over.IsCancellationRequested && gateway.Process.Runs; i++)
        {
            var (path, body) = Bodies[i % Bodies.Length];
            var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Process.Address, $"/projects/team-a/workloads{path}")) { Content = new ByteArrayContent(body) };
            request.Headers.Authorization = new("Bearer", token);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            answers.Add(await StatusAsync(http, request, over));
        }
    }

    // 0 for no answer; 408 stands for a request that was given up at the end.
    private static async Task<int> StatusAsync(HttpMessageInvoker http, HttpRequestMessage request, CancellationToken over)
    {
        try
        {
            using (request)
            using (var answer = await http.SendAsync(request, over))
            {
                await answer.Content.CopyToAsync(Stream.Null, over);
                return (int)answer.StatusCode;
            }
        }
        catch (OperationCanceledException)
        {
            return (int)HttpStatusCode.RequestTimeout;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    private static async Task<double> MostMegabytesAsync(GatewayServer gateway, CancellationToken over)
    {
        var most = 0.0;
        for (; !over.IsCancellationRequested && gateway.Process.Runs; await Task.Delay(100, CancellationToken.None))
            most = Math.Max(most, gateway.Process.Megabytes);
        return most;
    }

    private static string Terms(string terms) => $$"""{"nodeAffinity": {"required": [{{terms}}]} }""";

    private static byte[] Submission(string scheduling, string rest = "") => Encoding.UTF8.GetBytes(Text(scheduling, rest));

    private static byte[] Batch(string mode, string items) => Encoding.UTF8.GetBytes($$"""{"mode": "{{mode}}", "items": [{{items}}]}""");

    private static string Text(string scheduling, string rest) => $$"""{"type": "train", "namePrefix": "a", "image": "a", "scheduling": {{scheduling}}{{rest}}}""";

    private static string Many(string item, int times) => string.Join(',', Enumerable.Repeat(item, times));
}
