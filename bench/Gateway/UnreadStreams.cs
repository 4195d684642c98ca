using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.Bench.Measuring;

namespace Gateway.Bench.Gateway;

/// <summary>What streams that one caller opens and never reads cost the gateway, and others.</summary>
internal static class UnreadStreams
{
    private const int Streams = 2_200;
    private const int Trains = 500;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    public static readonly Scenario Scenario = new()
    {
        Name = "unread-streams",
        Text = $"{Bystanders.Callers} callers submit and read, ten requests a second each, in a project of {Trains} trains: for {Length.TotalSeconds} s alone, and as long once another caller has asked for {Streams:N0} streams "
            + "of that project, reads none of them, and asks again for those that end. The gateway has the memory of a container of 512 MiB (`DOTNET_GCHeapHardLimit`). The callers and the cluster are in one process, and share two cores with it.",
        Figures =
        [
            new("streams open"),
            new("p99 ms alone"),
            new("p99 ms meanwhile"),
            new("p99 more, ms") { AtMost = 100 },
            new("others refused") { AtMost = 0 },
            new("answers of 500 and more") { AtMost = 0 },
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
        var (cluster, admin) = gateway.Cluster;
        using (var load = new Load(8))
            await load.RunAsync(number => number < Trains ? ListPages.Create(cluster, admin, "team-a", number) : null, HttpStatusCode.Created);
        await others.RunAsync(Length);
        var alone = await others.RunAsync(Length);
        using var over = new CancellationTokenSource();
        var (token, open) = (await gateway.SubmitterAsync("crowd"), 0);
        var crowd = Enumerable.Range(0, Streams).Select(_ => KeepOpenAsync(gateway.Process.Address, token, change => Interlocked.Add(ref open, change), over.Token)).ToList();
        // So many need a while to be let in: 200 a second beyond the first 1,000.
        await Task.Delay(TimeSpan.FromSeconds(10));
        var meanwhile = await others.RunAsync(Length);
        var streams = open;
        await over.CancelAsync();
        await Task.WhenAll(crowd);
        var (quiet, loud) = (alone.Latencies.Percentile(0.99), meanwhile.Latencies.Percentile(0.99));
        return [streams, quiet, loud, loud - quiet, meanwhile.Refused, meanwhile.Failed, alone.Megabytes, meanwhile.Megabytes];
    });

    // A stream that is never read; who is refused, or cut off, comes again after a while.
    private static async Task KeepOpenAsync(Uri gateway, string token, Action<int> opened, CancellationToken over)
    {
        var request = Encoding.ASCII.GetBytes($"GET /projects/team-a/workloads HTTP/1.1\r\nHost: {gateway.Authority}\r\nAccept: text/event-stream\r\nAuthorization: Bearer {token}\r\n\r\n");
        var status = new byte["HTTP/1.1 200".Length];
        while (!over.IsCancellationRequested)
        {
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(gateway.Host, gateway.Port, over);
                await socket.SendAsync(request, over);
                if (await socket.ReceiveAsync(status, over) == status.Length && status.AsSpan().EndsWith("200"u8))
                {
                    opened(1);
                    await EndAsync(socket, over);
                    opened(-1);
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // Refused, cut off, or the round is over.
            }
            await Task.Delay(TimeSpan.FromSeconds(2), over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Until the other side has cut it off, without reading.
    private static async Task EndAsync(Socket socket, CancellationToken over)
    {
        while (!over.IsCancellationRequested && !socket.Poll(0, SelectMode.SelectError))
            await Task.Delay(TimeSpan.FromSeconds(1), over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
