using System.Diagnostics;
using System.Text;
using Gateway.Bench.Measuring;

namespace Gateway.Bench.Gateway;

/// <summary>How long the gateway thinks about submissions that are meant to keep it thinking.</summary>
internal static class HostileInput
{
    private const int Times = 20;

    private static readonly (string Name, string Fields)[] Bodies =
    [
        ("a quantity of 1e100000", """ "memory": {"limit": "1e100000"} """),
        ("a megabyte of digits as a quantity", $$""" "memory": {"limit": "{{new string('9', 1_000_000)}}"} """),
        ("a megabyte of digits as a number", $$""" "gpu": {"fraction": 0.{{new string('9', 1_000_000)}}} """),
        ("10,000 env entries", $$""" "env": [{{string.Join(',', Enumerable.Range(0, 10_000).Select(i => $$"""{"name": "V{{i}}", "value": "1"}"""))}}] """),
        ("10,000 brackets", $$""" "env": {{new string('[', 10_000)}}{{new string(']', 10_000)}} """),
        ("20,000 labels", $$""" "labels": {{{string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"k{i}\": \"v\""))}}} """),
        ("half a surrogate pair", """ "user": "\ud800" """),
        ("a NUL", """ "command": ["a\u0000"] """),
        ("a right-to-left mark", """ "workingDir": "\u202e/a" """),
        ("a key in another case", """ "Command": ["a"] """),
        ("a key that is there twice", """ "labels": {"a": "1", "a": "2"} """),
        ("an image of 100,000 letters", $$""" "image": "{{new string('a', 100_000)}}" """),
    ];

    public static readonly Scenario Scenario = new()
    {
        Name = "gateway-hostile-input",
        Text = $"One caller sends submissions that are meant to hurt, each {Times} times a round, and each has to be refused with 400, 413 or 422. The figures are the slowest answers.",
        Figures = [.. Bodies.Select(body => new Figure($"{body.Name}, ms", "N1") { AtMost = 100 })],
        RunAsync = RunAsync,
    };

    private static async Task RunAsync(Rounds rounds)
    {
        await using var gateway = await GatewayServer.StartAsync();
        using var client = new HttpClient { BaseAddress = gateway.Process.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", await gateway.SubmitterAsync("hostile"));
        await rounds.RunAsync(5, async () =>
        {
            var slowest = new List<double>();
            foreach (var (name, fields) in Bodies)
                slowest.Add(await SlowestAsync(client, name, $$"""{"type": "train", "name": "a", "image": "busybox", {{fields}}}"""));
            return [.. slowest];
        });
    }

    private static async Task<double> SlowestAsync(HttpClient client, string name, string body)
    {
        var slowest = 0.0;
        for (var time = 0; time < Times; time++)
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            var start = Stopwatch.GetTimestamp();
            using var answer = await client.PostAsync(new Uri("/projects/team-a/workloads", UriKind.Relative), content);
            await answer.Content.CopyToAsync(Stream.Null);
            slowest = Math.Max(slowest, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if ((int)answer.StatusCode is not (400 or 413 or 422)) throw new InvalidOperationException($"{name} was answered with {(int)answer.StatusCode}.");
        }
        return slowest;
    }
}
