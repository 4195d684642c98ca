using System.Diagnostics;
using System.Net;
using Gateway.Bench.Measuring;

namespace Gateway.Bench.Embedded;

/// <summary>How long a change takes to reach everybody who watches.</summary>
internal static class WatchJobs
{
    private const int Watchers = 1_000;
    private const int Changes = 20;

    public static readonly Scenario Scenario = new()
    {
        Name = "embedded-watch",
        Text = $"{Watchers:N0} watchers, a connection each, watch the jobs of one namespace. {Changes} jobs a round are created, one when everybody has heard of the one before; the time runs from sending the request until the last watcher has the whole event.",
        Figures =
        [
            new("last watcher, median ms") { AtMost = 200 },
            new("last watcher, slowest ms"),
            new("server MB"),
        ],
        RunAsync = RunAsync,
    };

    private static async Task RunAsync(Rounds rounds)
    {
        using var server = await EmbeddedServer.StartAsync();
        using var load = new Load(1);
        using var audience = new Audience(Watchers);
        await audience.OpenAsync(server.Jobs());
        var (jobs, next) = (server.Jobs(), 0);
        await rounds.RunAsync(5, async () =>
        {
            var times = new List<double>();
            for (var change = 0; change < Changes; change++) times.Add(await TimeAsync(load, audience, jobs, next++));
            times.Sort();
            return [times.Median(), times[^1], server.Megabytes];
        });
    }

    private static async Task<double> TimeAsync(Load load, Audience audience, Uri jobs, int number)
    {
        var heard = audience.NextEventAsync();
        var start = Stopwatch.GetTimestamp();
        await load.RunAsync(sent => sent == 0 ? jobs.CreateJob(number) : null, HttpStatusCode.Created);
        await heard.WaitAsync(TimeSpan.FromSeconds(30));
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
