using System.Net;
using System.Text.Json.Nodes;
using Gateway.Api.Tests.Clusters;
using Gateway.Core.Manifests;
using k8s.Models;
using Xunit;

namespace Gateway.Api.Tests.Faults;

/// <summary>Requests that are sent to three gateways at once, through a storm: what was acknowledged holds, and nothing is there twice.</summary>
public sealed class ExactlyOnceTests
{
    private const int Submissions = 16;
    private const int Lives = 9;
    private const int Batches = 2;
    private const int Items = 6;

    [EmbeddedTheory("breaks calls on purpose")]
    [InlineData("train", false, 1)]
    [InlineData("build", false, 2)]
    [InlineData("train", true, 3)]
    [InlineData("build", true, 4)]
    public async Task Submission_IsThereOnce_AsItWasAcknowledged(string type, bool furnished, int seed)
    {
        await using var storm = await Storm.BeginAsync(seed);
        var acknowledged = new JsonObject[Submissions][];

        await storm.RunAsync(Submissions, async number => acknowledged[number] = await SubmitAsync(storm, Submission(type, number, furnished)));

        var remains = await Remains.ReadAsync(storm.Fleet.Administrator);
        Assert.Equal(Submissions, remains.Workloads.Count);
        Assert.All(Enumerable.Range(0, Submissions), number =>
        {
            var stored = Assert.Single(remains.Workloads, workload => workload.Metadata.Name == $"w-{number}");
            Assert.All(acknowledged[number], one => Assert.Equal(stored.Metadata.Uid, (string?)one["uid"]));
            Assert.Equal(["--number", $"{number}"], (stored is V1Job job ? job.Spec.Template : ((V1StatefulSet)stored).Spec.Template).Spec.Containers[0].Args);
            Assert.Equal(Owned(type, number, furnished), remains.OwnedBy(stored.Metadata.Uid));
        });
        Assert.Equal(furnished ? Enumerable.Range(0, Submissions).Select(number => $"kept-{number}").Order(StringComparer.Ordinal) : [], remains.Kept);
    }

    // Each is submitted, and then deleted, suspended, or suspended and resumed.
    [EmbeddedTheory("breaks calls on purpose")]
    [InlineData("train", 5)]
    [InlineData("build", 6)]
    public async Task Workload_IsAsItWasAskedForLast(string type, int seed)
    {
        await using var storm = await Storm.BeginAsync(seed);
        var uids = new string[Lives];

        await storm.RunAsync(Lives, async number =>
        {
            uids[number] = (string)(await SubmitAsync(storm, Submission(type, number, furnished: true)))[0]["uid"]!;
            if (number % 3 == 0)
                await storm.AskAllAsync(caller => caller.DeleteAsync($"w-{number}", uids[number]));
            else
                await storm.AskAllAsync(caller => caller.AskAsync(HttpMethod.Post, $"/w-{number}/suspend"));
            if (number % 3 == 2)
                await storm.AskAllAsync(caller => caller.AskAsync(HttpMethod.Post, $"/w-{number}/resume"));
        });

        var remains = await Remains.ReadAsync(storm.Fleet.Administrator);
        Assert.Equal(Enumerable.Range(0, Lives).Where(number => number % 3 > 0).Select(number => uids[number]).Order(), remains.Workloads.Select(workload => workload.Metadata.Uid).Order());
        Assert.All(remains.Workloads, workload =>
        {
            var number = Array.IndexOf(uids, workload.Metadata.Uid);
            Assert.Equal(number % 3 == 1, workload.IsSuspended());
            Assert.Equal(Owned(type, number, furnished: true), remains.OwnedBy(workload.Metadata.Uid));
        });
        Assert.Equal(Enumerable.Range(0, Lives).Select(number => $"kept-{number}").Order(StringComparer.Ordinal), remains.Kept);
    }

    // Of each batch every other item is deleted again. All of it is sent again for one item that failed: hence no more than a gale.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task Batch_IsCarriedOutOnce()
    {
        await using var storm = await Storm.BeginAsync(seed: 7, force: 0.25);

        await storm.RunAsync(Batches, async batch =>
        {
            var numbers = Enumerable.Range(batch * Items, Items).ToList();
            var submissions = new JsonArray([.. numbers.Select(number => Submission("train", number, furnished: true))]);
            var taken = await storm.AskAllAsync(caller => caller.AskAsync(HttpMethod.Post, "/batch", new JsonObject { ["mode"] = "bestEffort", ["items"] = submissions.DeepClone() }, $"batch-{batch}"));
            Assert.Single(taken.Select(answer => string.Join(' ', answer["items"]!.AsArray().Select(item => item!["workload"]!["uid"]))).Distinct());
            var names = new JsonArray([.. numbers.Where(number => number % 2 == 0).Select(number => $"w-{number}")]);
            await storm.AskAllAsync(caller => caller.AskAsync(HttpMethod.Post, "/batch-delete", new JsonObject { ["names"] = names.DeepClone() }, orElse: HttpStatusCode.NotFound));
        });

        var remains = await Remains.ReadAsync(storm.Fleet.Administrator);
        Assert.Equal(Enumerable.Range(0, Batches * Items).Where(number => number % 2 == 1).Select(number => $"w-{number}").Order(), remains.Workloads.Select(workload => workload.Metadata.Name).Order());
        Assert.All(remains.Workloads, workload => Assert.Single(remains.OwnedBy(workload.Metadata.Uid)));
    }

    private static Task<JsonObject[]> SubmitAsync(Storm storm, JsonObject submission) => storm.AskAllAsync(caller => caller.SubmitAsync(submission, $"key-of-{submission["name"]}"));

    private static JsonObject Submission(string type, int number, bool furnished)
    {
        var submission = GatewayHost.Train($"w-{number}");
        (submission["type"], submission["args"]) = (type, new JsonArray("--number", $"{number}"));
        if (!furnished)
            return submission;
        JsonObject Claim(string name, bool ephemeral) => new() { ["mountPath"] = $"/{name}", ["newClaim"] = new JsonObject { ["name"] = $"{name}-{number}", ["size"] = "1Gi", ["ephemeral"] = ephemeral } };
        submission["volumes"] = new JsonArray(Claim("kept", ephemeral: false), Claim("scratch", ephemeral: true));
        if (type == "build")
            (submission["ports"], submission["expose"]) = (new JsonArray(new JsonObject { ["port"] = 8888 }), "ClusterIP");
        return submission;
    }

    private static IEnumerable<string> Owned(string type, int number, bool furnished) => (type, furnished) switch
    {
        ("train", false) => [],
        ("train", true) => [$"scratch-{number}"],
        (_, false) => [$"w-{number}"],
        _ => [$"scratch-{number}", $"w-{number}", $"w-{number}-exposed"],
    };
}
