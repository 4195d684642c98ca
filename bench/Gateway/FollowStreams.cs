using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Gateway.Bench.Measuring;

namespace Gateway.Bench.Gateway;

/// <summary>How long a change takes to reach everybody who follows a project.</summary>
internal static class FollowStreams
{
    private const int Readers = 5_000;
    private const int Workloads = 50;
    private const int Changes = 10;

    public static readonly Scenario Scenario = new()
    {
        Name = "gateway-streams",
        Text = $"{Readers:N0} readers, a connection each, follow a project of {Workloads} trains. {Changes} trains a round are made behind the gateway's back, one when everybody has heard of the one before; the time runs from sending the request until a reader has the event. "
            + "The readers and the cluster are in one process, and share two cores with the gateway.",
        Figures =
        [
            new("p50 ms"),
            new("p99 ms") { AtMost = 1_000 },
            new("gateway MB"),
        ],
        RunAsync = RunAsync,
    };

    private static async Task RunAsync(Rounds rounds)
    {
        await using var gateway = await GatewayServer.StartOpenAsync(new() { MakesPods = false });
        var (cluster, token) = gateway.Cluster;
        using var load = new Load(1);
        var next = 0;
        await load.RunAsync(_ => next < Workloads ? ListPages.Create(cluster, token, "team-a", next++) : null, HttpStatusCode.Created);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        var address = new Uri(gateway.Process.Address, "/projects/team-a/workloads");
        var readers = new List<Reader>();
        foreach (var group in Enumerable.Range(0, Readers).Chunk(50))
            readers.AddRange(await Task.WhenAll(group.Select(_ => Reader.OpenAsync(http, address))));
        await rounds.RunAsync(3, async () =>
        {
            var times = new List<double>();
            for (var change = 0; change < Changes; change++)
            {
                var heard = Task.WhenAll(readers.Select(reader => reader.NextAsync($"train-{next}\"")));
                var start = Stopwatch.GetTimestamp();
                var single = next++;
                await load.RunAsync(sent => sent == 0 ? ListPages.Create(cluster, token, "team-a", single) : null, HttpStatusCode.Created);
                times.AddRange((await heard.WaitAsync(TimeSpan.FromMinutes(1))).Select(at => Stopwatch.GetElapsedTime(start, at).TotalMilliseconds));
            }
            times.Sort();
            return [times.Median(), times.Percentile(0.99), gateway.Process.Megabytes];
        });
    }

    /// <summary>One reader, who notes when it has heard of a workload.</summary>
    private sealed class Reader(StreamReader lines)
    {
        public static async Task<Reader> OpenAsync(HttpClient http, Uri address)
        {
            var answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
            var reader = new Reader(new StreamReader(await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync()));
            await reader.NextAsync("event: synced");
            return reader;
        }

        public async Task<long> NextAsync(string part)
        {
            while (await lines.ReadLineAsync() is { } line)
            {
                if (line.Contains(part, StringComparison.Ordinal)) return Stopwatch.GetTimestamp();
            }
            throw new InvalidOperationException("A stream ended.");
        }
    }
}
