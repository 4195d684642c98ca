using System.Text.Json.Nodes;
using Gateway.Embedded.Faults;

namespace Gateway.Api.Tests.Faults;

/// <summary>Three gateways, which are killed again and again, over a cluster that breaks every fourth call in every way there is.</summary>
internal sealed class Storm : IAsyncDisposable
{
    private const int AtOnce = 8;
    private const int Kills = 2;

    // Each that stalls takes as long as a call may.
    private static readonly (FaultKind Kind, double Share)[] Faults =
    [
        (FaultKind.DropBefore, 0.03), (FaultKind.DropAfter, 0.03), (FaultKind.CutBody, 0.03), (FaultKind.InternalError, 0.03), (FaultKind.Unavailable, 0.03), (FaultKind.TooManyRequests, 0.03),
        (FaultKind.Timeout, 0.02), (FaultKind.InternalErrorAfter, 0.02), (FaultKind.TimeoutAfter, 0.02), (FaultKind.StallBefore, 0.003), (FaultKind.StallAfter, 0.003), (FaultKind.StallBody, 0.003),
    ];

    private int _done;

    private Storm(Fleet fleet) => Fleet = fleet;

    public Fleet Fleet { get; }

    public static async Task<Storm> BeginAsync(int seed, double force = 1)
    {
        var storm = new Storm(await Fleet.StartAsync(gateways: 3, pods: false, "--Cluster:CallTimeout=00:00:02"));
        foreach (var (kind, share) in Faults)
            storm.Fleet.Cluster.Faults.Add(new() { Kind = kind, Share = share * force, Seed = (seed * 100) + (int)kind, RetryAfterSeconds = 0, Bytes = 20 });
        return storm;
    }

    /// <summary>Does all the works, some at a time, through the storm; when this returns it is over.</summary>
    public async Task RunAsync(int works, Func<int, Task> work)
    {
        using var over = new CancellationTokenSource();
        var killing = KillAsync(works, over.Token);
        await Parallel.ForAsync(0, works, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            await work(number);
            Interlocked.Increment(ref _done);
        });
        await over.CancelAsync();
        await killing;
        Fleet.Cluster.Faults.Clear();
    }

    /// <summary>Asks every gateway at once for the same: what each acknowledged.</summary>
    public Task<JsonObject[]> AskAllAsync(Func<PatientCaller, Task<JsonObject>> ask) => Task.WhenAll(Fleet.Gateways.Select(async gateway =>
    {
        using var caller = new PatientCaller(gateway.Address);
        return await ask(caller);
    }));

    public ValueTask DisposeAsync() => Fleet.DisposeAsync();

    // As the work goes on, and not by the clock.
    private async Task KillAsync(int works, CancellationToken over)
    {
        for (var kill = 0; kill < Kills; kill++)
        {
            while (Volatile.Read(ref _done) < (kill + 1) * works / (Kills + 1) && !over.IsCancellationRequested)
                await Task.Delay(10, CancellationToken.None);
            var gateway = Fleet.Gateways[kill % Fleet.Gateways.Count];
            await gateway.KillAsync();
            await gateway.StartAsync();
        }
    }
}
