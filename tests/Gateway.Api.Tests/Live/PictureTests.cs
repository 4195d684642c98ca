using System.Text.Json.Nodes;
using Gateway.Api.Live;
using Gateway.Api.Projects;
using Gateway.Api.Tests.Clusters;
using Gateway.Core.Status;
using Gateway.Core.Workloads;
using Gateway.Embedded.Faults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Api.Tests.Live;

/// <summary>Lists, reads and streams come from pictures; the cluster itself is asked here whether they are right.</summary>
public sealed class PictureTests
{
    private const string Workloads = "/projects/team-a/workloads";

    // Every story is submitted at once; time goes on step by step, and after each step all who read have to come to the same.
    [EmbeddedFact("drives the cluster's clock")]
    public async Task Readers_ThroughEveryStory_AgreeAtEveryStep()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await StartAsync(new() { Time = time });
        foreach (var story in Stories())
            (await host.SubmitAsync(story)).EnsureSuccessStatusCode();
        await using var stream = await SseReader.OpenAsync(host, Workloads);
        var streamed = new StreamedWorkloads(stream);
        var phases = Stories().ToDictionary(story => (string)story["name"]!, _ => new List<string>());

        for (var step = 0; step < 40; step++)
        {
            time.Advance(TimeSpan.FromMilliseconds(200));
            foreach (var (name, phase) in await AgreeAsync(host, streamed))
            {
                if (phases[name].Count == 0 || phases[name][^1] != phase)
                    phases[name].Add(phase);
            }
        }

        Assert.Equal(Phase.Completed, phases["ends-well"][^1]);
        Assert.Contains(Phase.Running, phases["ends-well"]);
        Assert.Equal(Phase.Failed, phases["ends-badly"][^1]);
        Assert.Equal(Phase.Running, phases["goes-on"][^1]);
        Assert.Equal([Phase.Suspended], phases["is-held"].TakeLast(1));
        Assert.Equal(Phase.Pending, phases["is-too-large"][^1]);
        Assert.Equal(Phase.Initializing, phases["has-no-image"][^1]);
    }

    [EmbeddedFact("cuts watches and forgets history")]
    public async Task Readers_ThroughAHundredCuts_MissNoFinalState()
    {
        await using var host = await StartAsync(new());
        await using var lasting = await SseReader.OpenAsync(host, Workloads);
        var streamed = new StreamedWorkloads(lasting);
        for (var round = 0; round < 100; round++)
        {
            var name = $"round-{round}";
            var submission = GatewayHost.Train(name);
            submission["gpu"] = null;
            submission["annotations"] = new JsonObject { ["embedded.workload-gateway.io/run-seconds"] = "0" };
            (await host.SubmitAsync(submission)).EnsureSuccessStatusCode();
            if (round % 3 == 0)
                (await host.Http.DeleteAsync($"{Workloads}/{name}")).EnsureSuccessStatusCode();
            // A reader that goes away without a word, and a watch that breaks.
            await using (await SseReader.OpenAsync(host, Workloads))
                host.Faults.CutWatches();
            if (round is 40 or 80)
                host.Faults.ForgetHistory();
        }

        await GatewayHost.UntilAsync(async () =>
        {
            var final = await AgreeAsync(host, streamed);
            return final.Count == 66 && final.Values.All(phase => phase == Phase.Completed);
        });
    }

    [EmbeddedFact("counts the cluster's requests")]
    public async Task Reading_WhatIsWatched_AsksTheClusterNothing()
    {
        await using var host = await StartAsync(new());
        (await host.SubmitAsync(GatewayHost.Build("read-often"))).EnsureSuccessStatusCode();
        await host.UntilAsync("read-often", Phase.Running);
        await host.GetAsync(Workloads);
        host.Accesses.Clear();

        for (var i = 0; i < 50; i++)
        {
            await host.GetAsync(Workloads);
            await host.GetAsync($"{Workloads}/read-often");
        }

        Assert.DoesNotContain(host.Accesses, access => access.User.EndsWith(":runai-team-a:workload-gateway", StringComparison.Ordinal));
    }

    [EmbeddedFact("takes the cluster away")]
    public async Task Reading_WhileTheClusterIsSilent_SaysHowOldTheAnswerIs()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await StartAsync(new() { Time = time });
        (await host.SubmitAsync(GatewayHost.Build("old-news"))).EnsureSuccessStatusCode();
        Assert.False((await host.Http.GetAsync(Workloads)).Headers.Contains("Warning"));
        foreach (var resource in (string[])["jobs", "statefulsets", "pods", "events", "podgroups"])
            host.Faults.Add(new() { Kind = FaultKind.DropBefore, Resource = resource });
        host.Faults.CutWatches();

        time.Advance(TimeSpan.FromMinutes(4));
        var answer = await host.Http.GetAsync(Workloads);

        answer.EnsureSuccessStatusCode();
        Assert.StartsWith("110", answer.Headers.Warning.Single().ToString(), StringComparison.Ordinal);
        var observedAt = DateTimeOffset.Parse(answer.Headers.GetValues("Observed-At").Single(), null);
        Assert.InRange(time.GetUtcNow() - observedAt, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(6));
        // What came about since is not known, and that is not called absence.
        var asking = host.Http.GetAsync($"{Workloads}/never-heard-of");
        while (!asking.IsCompleted)
        {
            // The gateway asks again after a while.
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20);
        }
        Assert.Equal(503, (int)(await asking).StatusCode);
    }

    [Fact]
    public async Task Get_WithWait_AnswersWhenSomethingChanges()
    {
        await using var host = await StartAsync(new());
        (await host.SubmitAsync(GatewayHost.Build("waited-on"))).EnsureSuccessStatusCode();
        await host.UntilAsync("waited-on", Phase.Running);
        var tag = (await host.Http.GetAsync($"{Workloads}/waited-on")).Headers.ETag!;

        Assert.Equal(304, (int)(await WaitAsync("1s")).StatusCode);
        var waiting = WaitAsync("60s");
        (await host.Http.PostAsync($"{Workloads}/waited-on/suspend", null)).EnsureSuccessStatusCode();

        var changed = await waiting;
        Assert.Equal(200, (int)changed.StatusCode);
        Assert.NotEqual(tag, changed.Headers.ETag);

        Task<HttpResponseMessage> WaitAsync(string wait)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, $"{Workloads}/waited-on?wait={wait}");
            request.Headers.IfNoneMatch.Add(tag);
            return host.Http.SendAsync(request);
        }
    }

    [Fact]
    public async Task Pictures_MoreThanTheLimit_AreGivenUpAndTheirProjectsStillRead()
    {
        await using var host = await StartAsync(new() { Settings = new() { ["Live:Projects"] = "1" } });
        (await host.SubmitAsync(GatewayHost.Build("in-a"))).EnsureSuccessStatusCode();
        (await host.SubmitAsync(GatewayHost.Build("in-b"), "team-b")).EnsureSuccessStatusCode();
        await using var stream = await SseReader.OpenAsync(host, Workloads);
        await stream.UntilAsync("synced");

        // The one place is held by the stream.
        Assert.Equal(1, (int)(await host.GetAsync("/projects/team-b/workloads"))["total"]!);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/projects/team-b/workloads");
        request.Headers.Accept.ParseAdd("text/event-stream");
        Assert.Equal(429, (int)(await host.Http.SendAsync(request)).StatusCode);
        (await host.SubmitAsync(GatewayHost.Build("in-a-too"))).EnsureSuccessStatusCode();
        await stream.UntilAsync("added", workload => (string?)workload["name"] == "in-a-too");
    }

    private static IEnumerable<JsonObject> Stories()
    {
        yield return Story("ends-well", ("run-seconds", "2"));
        yield return Story("ends-badly", ("run-seconds", "1"), ("exit-code", "3"));
        yield return Story("goes-on", ("run-seconds", "forever"));
        yield return Story("has-no-image", ("image-pull-error", "manifest unknown"));
        var held = Story("is-held");
        held["suspended"] = true;
        yield return held;
        var large = Story("is-too-large");
        large["gpu"] = new JsonObject { ["count"] = 64 };
        yield return large;
    }

    private static JsonObject Story(string name, params (string Key, string Value)[] behaviour)
    {
        var story = GatewayHost.Train(name);
        story["gpu"] = null;
        story["backoffLimit"] = 0;
        story["annotations"] = new JsonObject([.. behaviour.Select(one => KeyValuePair.Create($"embedded.workload-gateway.io/{one.Key}", (JsonNode?)one.Value))]);
        return story;
    }

    // The names and phases on which the list, each read, the stream and the cluster itself agree, in every byte.
    private static async Task<IReadOnlyDictionary<string, string>> AgreeAsync(GatewayHost host, StreamedWorkloads streamed)
    {
        Dictionary<string, string> agreed = [];
        await GatewayHost.UntilAsync(async () =>
        {
            var asked = await LookAsync(host);
            var listed = (await host.GetAsync($"{Workloads}?limit=500"))["items"]!.AsArray().ToDictionary(item => (string)item!["name"]!, item => item!.ToJsonString());
            if (!Same(asked, listed) || !await streamed.ComesToAsync(asked))
                return false;
            foreach (var (name, json) in asked)
            {
                if ((await host.GetAsync($"{Workloads}/{name}")).ToJsonString() != json)
                    return false;
            }
            agreed = asked.ToDictionary(one => one.Key, one => (string)JsonNode.Parse(one.Value)!["phase"]!);
            return true;
        });
        return agreed;
    }

    private static async Task<Dictionary<string, string>> LookAsync(GatewayHost host)
    {
        var picture = await host.Services.GetRequiredService<LivePictures>().LookAsync(new Project("team-a", "runai-team-a"), CancellationToken.None);
        return picture.Workloads.ToDictionary(one => one.Name, one => System.Text.Json.JsonSerializer.SerializeToNode(one.Observe().ToWorkload("team-a", ""), WorkloadJson.Options)!.ToJsonString());
    }

    private static bool Same(Dictionary<string, string> one, Dictionary<string, string> other) =>
        one.Count == other.Count && one.All(entry => other.GetValueOrDefault(entry.Key) == entry.Value);

    private static async Task<GatewayHost> StartAsync(GatewayHost host)
    {
        await host.InitializeAsync();
        return host;
    }

    /// <summary>What a reader knows who applies every event of a stream.</summary>
    private sealed class StreamedWorkloads(SseReader stream)
    {
        private readonly Dictionary<string, string> _known = [];
        private Task<(string Name, JsonObject Data)?>? _next;

        /// <summary>Whether what has come so far, and comes within a moment, is that.</summary>
        public async Task<bool> ComesToAsync(Dictionary<string, string> wanted)
        {
            while (true)
            {
                _next ??= stream.NextAsync();
                if (await Task.WhenAny(_next, Task.Delay(50)) != _next)
                    return Same(wanted, _known);
                Apply((await _next)!.Value);
                _next = null;
            }
        }

        private void Apply((string Name, JsonObject Data) happened)
        {
            if (happened.Name == "resync")
                _known.Clear();
            else if (happened.Name == "deleted")
                _known.Remove((string)happened.Data["name"]!);
            else if (happened.Name != "synced")
                _known[(string)happened.Data["name"]!] = happened.Data.ToJsonString();
        }
    }
}
