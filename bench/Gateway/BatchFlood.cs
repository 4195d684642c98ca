using System.Net;
using System.Text;
using Gateway.Bench.Measuring;

namespace Gateway.Bench.Gateway;

/// <summary>What many batches at once of one caller cost the others of its project.</summary>
internal static class BatchFlood
{
    private const int Batches = 45;
    private const int Items = 1_000;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    public static readonly Scenario Scenario = new()
    {
        Name = "batch-flood",
        Text = $"{Bystanders.Callers} callers submit and read, ten requests a second each, in a project: for {Length.TotalSeconds} s alone, and as long while another caller sends {Batches} batches of {Items:N0} trains at once to the same project, "
            + "and each again as soon as it is answered, whatever Retry-After says. The gateway has the memory of a container of 512 MiB (`DOTNET_GCHeapHardLimit`). The callers and the cluster are in one process, and share two cores with it.",
        Figures =
        [
            new("p99 ms alone"),
            new("p99 ms meanwhile"),
            new("p99 more, ms") { AtMost = 100 },
            new("others refused") { AtMost = 0 },
            new("answers of 500 and more") { AtMost = 0 },
            new("batches taken"),
            new("batches refused"),
            new("gateway MB alone"),
            new("gateway MB, most") { AtMost = 384 },
        ],
        RunAsync = RunAsync,
    };

    private static async Task RunAsync(Rounds rounds) => await rounds.RunAsync(3, warmUps: 0, measure: async () =>
    {
        var (gateway, bystanders) = await Bystanders.StartAsync();
        await using var server = gateway;
        using var others = bystanders;
        await others.RunAsync(Length);
        var alone = await others.RunAsync(Length);
        using var over = new CancellationTokenSource();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = gateway.Process.Address, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new("Bearer", await gateway.SubmitterAsync("flood"));
        var (taken, refused, failed) = (0, 0, 0);
        var flood = Enumerable.Range(0, Batches).Select(number => Task.Run(() => SendAsync(http, number, Count, over.Token))).ToList();
        var meanwhile = await others.RunAsync(Length);
        await over.CancelAsync();
        await Task.WhenAll(flood);
        var (quiet, loud) = (alone.Latencies.Percentile(0.99), meanwhile.Latencies.Percentile(0.99));
        return [quiet, loud, loud - quiet, meanwhile.Refused, meanwhile.Failed + failed, taken, refused, alone.Megabytes, meanwhile.Megabytes];

        void Count(HttpStatusCode status) => Interlocked.Increment(ref status == HttpStatusCode.OK ? ref taken : ref (int)status < 500 ? ref refused : ref failed);
    });

    private static async Task SendAsync(HttpClient http, int number, Action<HttpStatusCode> answered, CancellationToken over)
    {
        try
        {
            for (var again = 0; ; again++)
            {
                using var body = new StringContent(Batch($"flood-{number}-{again}"), Encoding.UTF8, "application/json");
                using var answer = await http.PostAsync(new Uri("/projects/team-a/workloads/batch", UriKind.Relative), body, over);
                answered(answer.StatusCode);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException)
        {
            // The round is over, or the connection was closed on a body that is not wanted.
            if (!over.IsCancellationRequested)
                await SendAsync(http, number, answered, over);
        }
    }

    private static string Batch(string name) =>
        $$"""{"mode": "bestEffort", "items": [{{string.Join(',', Enumerable.Range(0, Items).Select(item => $$"""{"type": "train", "name": "{{name}}-{{item}}", "image": "busybox"}"""))}}]}""";
}
