using System.Text.Json.Nodes;
using Gateway.Api.Tests.Clusters;
using Gateway.Embedded.Faults;
using k8s;
using k8s.Models;
using Xunit;

namespace Gateway.Api.Tests.Faults;

/// <summary>Submissions that are sent thrice at once to three gateways, which are killed again and again, over a cluster that breaks every fifth call.</summary>
public sealed class ExactlyOnceTests
{
    private const int Submissions = 60;
    private const int AtOnce = 8;
    private const int Kills = 3;
    private const string Space = "runai-team-a";

    private static readonly FaultKind[] Faults = [FaultKind.DropBefore, FaultKind.DropAfter, FaultKind.CutBody, FaultKind.InternalError, FaultKind.Unavailable, FaultKind.TooManyRequests];

    [EmbeddedTheory("breaks calls on purpose")]
    [InlineData("train")]
    [InlineData("build")]
    public async Task Submission_IsThereOnce_AsItWasAcknowledged(string type)
    {
        await using var fleet = await Fleet.StartAsync(gateways: 3);
        for (var i = 0; i < Faults.Length; i++)
            fleet.Cluster.Faults.Add(new() { Kind = Faults[i], Share = 0.035, Seed = i, RetryAfterSeconds = 0 });
        var done = 0;
        using var over = new CancellationTokenSource();
        var killing = KillAsync(fleet, () => Volatile.Read(ref done), over.Token);
        var acknowledged = new List<string>[Submissions];

        await Parallel.ForAsync(0, Submissions, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            acknowledged[number] = await SubmitAsync(fleet, Submission(type, number));
            Interlocked.Increment(ref done);
        });

        await over.CancelAsync();
        await killing;
        fleet.Cluster.Faults.Clear();
        var stored = await StoredAsync(fleet, type);
        Assert.Equal(Submissions, stored.Count);
        Assert.All(Enumerable.Range(0, Submissions), number =>
        {
            var (uid, arguments) = stored[$"w-{number}"];
            Assert.All(acknowledged[number], one => Assert.Equal(uid, one));
            Assert.Equal(["--number", $"{number}"], arguments);
        });
    }

    private static JsonObject Submission(string type, int number)
    {
        var submission = GatewayHost.Train($"w-{number}");
        (submission["type"], submission["args"]) = (type, new JsonArray("--number", $"{number}"));
        return submission;
    }

    // To every gateway at once: the uids that they acknowledged.
    private static async Task<List<string>> SubmitAsync(Fleet fleet, JsonObject submission)
    {
        var taken = await Task.WhenAll(fleet.Gateways.Select(async gateway =>
        {
            using var caller = new PatientCaller(gateway.Address);
            return await caller.SubmitAsync(submission, $"key-of-{submission["name"]}");
        }));
        return [.. taken.Select(workload => (string)workload["uid"]!)];
    }

    // As the work goes on, and not by the clock.
    private static async Task KillAsync(Fleet fleet, Func<int> done, CancellationToken over)
    {
        for (var kill = 0; kill < Kills; kill++)
        {
            while (done() < (kill + 1) * Submissions / (Kills + 1) && !over.IsCancellationRequested)
                await Task.Delay(10, CancellationToken.None);
            var gateway = fleet.Gateways[kill % fleet.Gateways.Count];
            await gateway.KillAsync();
            await gateway.StartAsync();
        }
    }

    private static async Task<Dictionary<string, (string Uid, IList<string> Arguments)>> StoredAsync(Fleet fleet, string type)
    {
        IEnumerable<IKubernetesObject<V1ObjectMeta>> stored = type == "train"
            ? (await fleet.Administrator.BatchV1.ListNamespacedJobAsync(Space)).Items
            : (await fleet.Administrator.AppsV1.ListNamespacedStatefulSetAsync(Space)).Items;
        return stored.ToDictionary(one => one.Metadata.Name, one => (one.Metadata.Uid, (one is V1Job job ? job.Spec.Template : ((V1StatefulSet)one).Spec.Template).Spec.Containers[0].Args));
    }
}
