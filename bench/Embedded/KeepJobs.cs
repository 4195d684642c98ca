using System.Net;
using Gateway.Bench.Measuring;

namespace Gateway.Bench.Embedded;

/// <summary>How much memory jobs take.</summary>
internal static class KeepJobs
{
    private const int Connections = 16;
    private const int Jobs = 100_000;

    public static readonly Scenario Scenario = new()
    {
        Name = "embedded-memory",
        Text = $"{Jobs:N0} jobs are created in a fresh cluster that makes no pods (`--makes-pods false`); its private memory (`RssAnon`) is read as soon as they are there.",
        Figures = [new("server MB") { AtMost = 600 }, new("server MB, empty")],
        RunAsync = rounds => rounds.RunAsync(3, RoundAsync, warmUps: 0),
    };

    private static async Task<double[]> RoundAsync()
    {
        using var server = await EmbeddedServer.StartAsync();
        using var load = new Load(Connections);
        var (jobs, empty) = (server.Jobs(), server.Megabytes);
        await load.RunAsync(number => number < Jobs ? jobs.CreateJob(number) : null, HttpStatusCode.Created);
        return [server.Megabytes, empty];
    }
}
