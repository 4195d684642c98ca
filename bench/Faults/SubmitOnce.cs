using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Bench.Measuring;

namespace Gateway.Bench.Faults;

/// <summary>Whether what is sent thrice at once, through faults and kills, is there once. GATEWAY_BENCH_SUBMISSIONS says how much.</summary>
internal static class SubmitOnce
{
    private const int Gateways = 3;
    private const int AtOnce = 64;

    private static readonly int Submissions = int.Parse(Environment.GetEnvironmentVariable("GATEWAY_BENCH_SUBMISSIONS") ?? "10000", CultureInfo.InvariantCulture);
    private static readonly TimeSpan BetweenKills = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static readonly Scenario Scenario = new()
    {
        Name = "exactly-once",
        Text = $"{Submissions:N0} trains are submitted, {AtOnce} at a time, each to {Gateways} gateways at once with one key, and sent again until each gateway has acknowledged it. More than a quarter of the calls to the cluster fails: "
            + $"dropped, cut, refused, answered with an error although done, or never answered. A gateway is killed every {BetweenKills.TotalSeconds:N0} s and started again. Everything shares two cores.",
        Figures =
        [
            new("acknowledged, and not there") { AtMost = 0 },
            new("there under another uid") { AtMost = 0 },
            new("there, and not asked for") { AtMost = 0 },
            new("gateways killed"),
            new("requests sent again"),
            new("submissions/s", "N1"),
        ],
        RunAsync = RunAsync,
    };

    private static async Task RunAsync(Rounds rounds) => await rounds.RunAsync(1, warmUps: 0, measure: async () =>
    {
        await using var fleet = await GatewayFleet.StartAsync(Gateways);
        using var http = new HttpClient();
        using var over = new CancellationTokenSource();
        var (start, again, acknowledged) = (Stopwatch.GetTimestamp(), 0, new string[Submissions][]);
        var killing = fleet.KillAsync(BetweenKills, over.Token);
        await Parallel.ForAsync(0, Submissions, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
            acknowledged[number] = await Task.WhenAll(fleet.Addresses.Select(gateway => SubmitAsync(http, gateway, number, () => Interlocked.Increment(ref again)))));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await over.CancelAsync();
        var (kills, jobs) = (await killing, await fleet.JobsAsync());
        var missing = Enumerable.Range(0, Submissions).Count(number => !jobs.ContainsKey($"w-{number}"));
        var others = Enumerable.Range(0, Submissions).Count(number => jobs.TryGetValue($"w-{number}", out var uid) && acknowledged[number].Any(one => one != uid));
        return [missing, others, jobs.Count - (Submissions - missing), kills, again, Submissions / seconds];
    });

    // The uid that the gateway acknowledged.
    private static async Task<string> SubmitAsync(HttpClient http, Uri gateway, int number, Action again)
    {
        while (true)
        {
            if (await TryAsync(http, gateway, number) is { } uid) return uid;
            again();
            await Task.Delay(Pause);
        }
    }

    private static async Task<string?> TryAsync(HttpClient http, Uri gateway, int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway, "/projects/team-a/workloads"));
        request.Content = new StringContent($$"""{"type": "train", "name": "w-{{number}}", "image": "busybox", "args": ["{{number}}"]}""", Encoding.UTF8, "application/json");
        request.Headers.Add("Idempotency-Key", $"key-{number}");
        try
        {
            using var answer = await http.SendAsync(request);
            var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            if (answer.IsSuccessStatusCode) return (string)body["uid"]!;
            return (bool)body["retryable"]! ? null : throw new InvalidOperationException($"The submission {number} was answered with {(int)answer.StatusCode}: {body.ToJsonString()}");
        }
        catch (HttpRequestException)
        {
            // The gateway was killed.
            return null;
        }
    }
}
