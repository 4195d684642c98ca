using System.Net;
using Gateway.Bench.Measuring;

namespace Gateway.Bench.Gateway;

/// <summary>What ten thousand made-up tokens cost the cluster, and somebody whose token is good.</summary>
internal static class MadeUpTokens
{
    private const int Tokens = 10_000;
    private const int Seconds = 10;
    private const int Attackers = 5;

    public static readonly Scenario Scenario = new()
    {
        Name = "gateway-made-up-tokens",
        Text = $"A caller with a good token reads a workload again and again, for {Seconds} s alone and for {Seconds} s while {Attackers} connections bring {Tokens:N0} tokens that were made up, "
            + $"{Tokens / Seconds:N0} a second. The cluster is in the process of the callers, and shares two cores with the gateway.",
        Figures =
        [
            new("reviews/s") { AtMost = 20 },
            new("good caller p50 ms, alone", "N2"),
            new("good caller p50 ms, meanwhile", "N2"),
            new("slower by", "P1") { AtMost = 0.1 },
            new("gateway MB"),
        ],
        RunAsync = RunAsync,
    };

    private static async Task RunAsync(Rounds rounds)
    {
        await using var gateway = await GatewayServer.StartAsync();
        var token = await gateway.SubmitterAsync("good");
        using var client = new HttpClient { BaseAddress = gateway.Process.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var submission = new StringContent("""{"type": "build", "name": "a", "image": "busybox"}""", System.Text.Encoding.UTF8, "application/json");
        (await client.PostAsync(new Uri("/projects/team-a/workloads", UriKind.Relative), submission)).EnsureSuccessStatusCode();
        await rounds.RunAsync(5, async () =>
        {
            var alone = await ReadAsync(gateway, token);
            var reviews = gateway.Reviews;
            var attack = AttackAsync(gateway);
            var meanwhile = await ReadAsync(gateway, token);
            await attack;
            var (quiet, loud) = (alone.Latencies.Median(), meanwhile.Latencies.Median());
            return [(gateway.Reviews - reviews) / (double)Seconds, quiet, loud, (loud / quiet) - 1, gateway.Process.Megabytes];
        });
    }

    private static async Task<LoadResult> ReadAsync(GatewayServer gateway, string token)
    {
        using var load = new Load(1);
        var end = DateTime.UtcNow.AddSeconds(Seconds);
        return await load.RunAsync(_ => DateTime.UtcNow < end ? Request(gateway, "/projects/team-a/workloads/a", token) : null, HttpStatusCode.OK);
    }

    // Each connection brings its share evenly over the time.
    private static Task AttackAsync(GatewayServer gateway) => Task.WhenAll(Enumerable.Range(0, Attackers).Select(async _ =>
    {
        using var attacker = new HttpMessageInvoker(new SocketsHttpHandler { MaxConnectionsPerServer = 1 });
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var sent = 0; sent < Tokens / Attackers && await pace.WaitForNextTickAsync();)
        {
            for (var burst = 0; burst < Tokens / Attackers / (Seconds * 100); burst++, sent++)
            {
                using var request = Request(gateway, "/me", $"made-up-{Guid.NewGuid():N}");
                using var answer = await attacker.SendAsync(request, CancellationToken.None);
                if (answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests)) throw new InvalidOperationException($"A made-up token was answered with {(int)answer.StatusCode}.");
            }
        }
    }));

    private static HttpRequestMessage Request(GatewayServer gateway, string path, string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway.Process.Address, path));
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return request;
    }
}
