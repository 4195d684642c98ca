using System.Runtime.CompilerServices;
using System.Text;
using Gateway.Api.Live.Pictures;
using Gateway.Api.Live.Streams;
using Gateway.Core.Scheduling;
using k8s.Models;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Gateway.Api.Tests.Live;

/// <summary>What one reader of a picture is told, and what is kept for it.</summary>
public sealed class WorkloadEventsTests
{
    // As many changes as a reader may be behind.
    private const int Lag = 1000;

    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;

    private readonly Picture _picture = new(SchedulerDialect.RunAi);
    private readonly MemoryStream _sent = new();
    private long _version;

    [Fact]
    public async Task Changes_OfAWorkload_AreToldOnce_AsItIsNow()
    {
        Put("a", image: "first");
        var events = await BeginAsync();
        Put("a", image: "second");
        Look();
        Put("a", image: "third");
        Put("b");
        Look();
        Remove("b");
        Put("c");

        Assert.True(await events.GoOnAsync(default));

        Assert.Equal(["changed a third", "added c image"], Sent());
    }

    [Fact]
    public async Task Change_ThatTakesAWorkloadOutOfTheFilter_TellsThatItLeft()
    {
        Put("a");
        Put("b");
        var events = await BeginAsync(one => one.Type != "train" || one.Name == "b" || !one.Labels.ContainsKey("out"));

        Put("a", labels: new() { ["out"] = "" });
        Remove("b");
        await events.GoOnAsync(default);
        Put("a", labels: []);
        await events.GoOnAsync(default);

        Assert.Equal(["deleted a image", "deleted b image", "added a image"], Sent());
    }

    [Fact]
    public async Task Change_ThatShowsNothingNew_IsNotTold()
    {
        Put("a");
        var events = await BeginAsync();

        Put("a");

        Assert.True(await events.GoOnAsync(default));
        Assert.Empty(Sent());
    }

    [Theory]
    [InlineData(Lag, true)]
    [InlineData(Lag + 1, false)]
    public async Task Reader_WhoIsTooFarBehind_BeginsAnew(int changes, bool told)
    {
        Put("a");
        var events = await BeginAsync();
        for (var change = 0; change < changes; change++)
        {
            Put("a", image: $"image-{change}");
            Look();
        }

        Assert.Equal(told, await events.GoOnAsync(default));

        Assert.Equal(told ? [$"changed a image-{Lag - 1}"] : [], Sent());
    }

    // A snapshot that its reader does not take is not kept either.
    [Fact]
    public async Task Snapshot_WhileTooMuchChanges_BeginsAnew()
    {
        Put("a");
        Put("b");
        var changed = false;
        var events = Events(_ => true, workload =>
        {
            for (var change = 0; change <= Lag && !changed; change++)
            {
                Put("c", image: $"image-{change}");
                Look();
            }
            changed = true;
            return workload.Text("team-a", "");
        });

        Assert.False(await events.BeginAsync(uid: null, default));
    }

    [Fact]
    public async Task Reader_OfAProject_CostsAsMuch_HoweverManyWorkloadsThereAre()
    {
        async Task<long> CostAsync(int workloads)
        {
            for (var number = 0; number < workloads; number++)
                Put($"many-{number}");
            var events = await BeginAsync();
            long cost = 0;
            // The first is for what is compiled and cached.
            for (var turn = 0; turn < 2; turn++)
            {
                Put("one", image: $"{workloads}-{turn}");
                Look();
                _picture.Find("one")!.Text("team-a", "");
                var before = GC.GetAllocatedBytesForCurrentThread();
                await events.GoOnAsync(default);
                cost = GC.GetAllocatedBytesForCurrentThread() - before;
            }
            return cost;
        }

        var few = await CostAsync(10);

        Assert.InRange(await CostAsync(2_000), 0, few * 1.5);
    }

    [Fact]
    public async Task Workload_ThatEveryReaderWasToldOf_IsKeptByNone()
    {
        Put("a", image: "old");
        var events = await BeginAsync();
        var old = Weak("a");
        for (var change = 0; change < 3; change++)
        {
            Put("a", image: $"new-{change}");
            Assert.True(await events.GoOnAsync(default));
        }

        GC.Collect();

        Assert.False(old.IsAlive);
        GC.KeepAlive(events);
    }

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(1_000_000, false)]
    public void Text_ThatWasSent_IsKeptForTheNextReader_UnlessItIsLarge(int size, bool kept)
    {
        Put("a", image: new string('x', size));
        var text = WeakText("a");

        GC.Collect();

        Assert.Equal(kept, text.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Weak(string uid) => new(_picture.Find(uid));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference WeakText(string uid) => new(_picture.Find(uid)!.Text("team-a", ""));

    private void Put(string name, string image = "image", Dictionary<string, string>? labels = null) => _picture.Put(
        new V1Job
        {
            ApiVersion = "batch/v1",
            Kind = V1Job.KubeKind,
            Metadata = new() { Name = name, NamespaceProperty = "runai-team-a", Uid = name, ResourceVersion = $"{++_version}", Labels = labels },
            Spec = new() { Template = new() { Spec = new() { SchedulerName = SchedulerDialect.RunAi.SchedulerName, Containers = [new() { Name = "main", Image = image }] } } },
            Status = new(),
        },
        At);

    private void Remove(string name) => _picture.Remove(new V1Job { Metadata = new() { Uid = name, ResourceVersion = $"{++_version}" } }, At);

    // Somebody reads the picture meanwhile, so that each state is one by itself.
    private void Look() => _ = _picture.Workloads;

    private async Task<WorkloadEvents> BeginAsync(Func<PicturedWorkload, bool>? matches = null)
    {
        var events = Events(matches ?? (_ => true), workload => workload.Text("team-a", ""));
        Assert.True(await events.BeginAsync(uid: null, default));
        _sent.SetLength(0);
        return events;
    }

    private WorkloadEvents Events(Func<PicturedWorkload, bool> matches, Func<PicturedWorkload, WorkloadText> write)
    {
        var context = new DefaultHttpContext { Response = { Body = _sent } };
        return new(new(context, new(context, TimeSpan.FromSeconds(30), TimeProvider.System)), _picture, matches, write);
    }

    private List<string> Sent() =>
    [
        .. from happened in Encoding.UTF8.GetString(_sent.ToArray()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
           let lines = happened.Split('\n')
           let workload = System.Text.Json.Nodes.JsonNode.Parse(lines[1]["data: ".Length..])!
           select $"{lines[0]["event: ".Length..]} {workload["name"]} {workload["image"]}",
    ];
}
