using System.Net;
using System.Text.Json.Nodes;
using Gateway.Embedded.Faults;
using k8s;
using Xunit;

namespace Gateway.Api.Tests.Logs;

/// <summary>What users of logs complain about elsewhere, on driven time.</summary>
public sealed class LogStoryTests : IAsyncLifetime
{
    private LogStage _stage = null!;

    public async Task InitializeAsync() => _stage = await LogStage.SetAsync();

    public async Task DisposeAsync() => await _stage.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Follow_BeforeThePodIsThere_WaitsForItAndEndsWithTheContainer(bool events)
    {
        await _stage.SubmitAsync(LogStage.Writer("early", more: new() { ["suspended"] = true }));
        using var response = await _stage.AskAsync("early", "?follow=true", events);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var reading = response.Content.ReadAsStringAsync();
        await _stage.PassAsync(20);
        Assert.False(reading.IsCompleted);

        await _stage.ResumeAsync("early");
        var text = await _stage.WhileTimePassesAsync(reading);

        Assert.Equal(["one", "two", "three"], events ? Data(text) : text.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task Follow_OfAContainerThatIsSilentForThreeMinutes_GoesOnOverOneConnection()
    {
        await _stage.SubmitAsync(LogStage.Writer("silent", lines: "before\nafter", seconds: "200", every: "190"));
        await _stage.PassAsync(3);
        using var response = await _stage.AskAsync("silent", "?follow=true", events: true);
        var reading = response.Content.ReadAsStringAsync();
        await _stage.UntilAsync(() => _stage.LogCalls == 1);

        for (var minute = 0; minute < 3; minute++)
        {
            await _stage.PassAsync(60);
            await Task.Delay(50);
        }
        Assert.False(reading.IsCompleted);
        Assert.Equal(1, _stage.LogCalls);
        var text = await _stage.WhileTimePassesAsync(reading);

        Assert.Equal(["before", "after"], Data(text));
        Assert.Contains("\n:\n", text, StringComparison.Ordinal);
        Assert.EndsWith("event: end\ndata: the container has ended\n\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Previous_OfAContainerThatWasStartedAgain_IsTheRunBefore()
    {
        await _stage.SubmitAsync(LogStage.Writer("again", lines: "run", seconds: "3", more: new() { ["restartPolicy"] = "OnFailure", ["annotations"] = new JsonObject { ["exit-code"] = "1" } }));
        await _stage.PassAsync(2);
        await (await _stage.AskAsync("again", "?previous=true")).ProblemAsync(HttpStatusCode.Conflict, "LOGS_NOT_READY");

        await _stage.PassAsync(3);
        var (first, second) = (await _stage.ReadNowAsync("again", "?previous=true&timestamps=true"), await _stage.ReadNowAsync("again", "?timestamps=true"));

        Assert.Matches(@"^2026-01-01T12:00:00\.\d{9}Z run\n$", first);
        Assert.Matches(@"^2026-01-01T12:00:0[34]\.\d{9}Z run\n$", second);
    }

    [Fact]
    public async Task Read_OfTwoPods_PicksTheNewestUnlessTold()
    {
        await _stage.SubmitAsync(LogStage.Writer("two", lines: "x", seconds: "10", more: new() { ["completions"] = 2, ["parallelism"] = 1 }));
        await _stage.PassAsync(15);
        var pods = await _stage.PodsAsync();
        Assert.Equal(2, pods.Count);

        var (newest, other) = (await _stage.ReadAsync("two", events: true), await _stage.ReadAsync("two", $"?pod={pods[0]}", events: true));

        Assert.Contains($"id: {pods[1]}/", newest, StringComparison.Ordinal);
        Assert.Contains($"id: {pods[0]}/", other, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train", "{\"completions\": 3, \"parallelism\": 3, \"indexed\": true}")]
    [InlineData("build", "{\"replicas\": 3}")]
    public async Task Read_ByIndex_PicksThatPod(string type, string more)
    {
        var submission = LogStage.Writer("indexed", seconds: "100", more: JsonNode.Parse(more)!.AsObject());
        submission["type"] = type;
        await _stage.SubmitAsync(submission);
        await _stage.PassAsync(30);

        Assert.Contains("id: indexed-1", await _stage.ReadAsync("indexed", "?index=1", events: true), StringComparison.Ordinal);
        var problem = await (await _stage.AskAsync("indexed", "?index=3")).ProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");
        Assert.Equal("must be 0 to 2", (string?)problem["errors"]!["index"]![0]);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    [InlineData(true, 3)]
    [InlineData(true, 4)]
    public async Task Follow_OverConnectionsThatBreak_LosesAndRepeatsNoLine(bool events, int seed)
    {
        var random = new Random(seed);
        string[] lines = [.. Enumerable.Range(0, 40).Select(i => i % 3 == 0 ? "the same" : $"line {i} {new string('x', random.Next(80))}")];
        for (var cut = 0; cut < 12; cut++)
            _stage.Host.Faults.Add(new Fault { Kind = FaultKind.CutBody, Resource = "pods/log", Bytes = random.Next(500), Times = 1 });
        await _stage.SubmitAsync(LogStage.Writer("cut", lines: string.Join('\n', lines), seconds: "9", every: "0.25"));
        await _stage.PassAsync(1);

        var text = await _stage.ReadAsync("cut", "?follow=true", events);

        Assert.Equal(lines, events ? Data(text) : text.TrimEnd('\n').Split('\n'));
        Assert.InRange(_stage.LogCalls, 5, 40);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?tail=4")]
    public async Task Read_OverAConnectionThatBreaks_IsWhole(string query)
    {
        await _stage.SubmitAsync(LogStage.Writer("ended", lines: "a\nb\nc\nd\ne\nf", every: "0.1"));
        await _stage.PassAsync(10);
        _stage.Host.Faults.Add(new Fault { Kind = FaultKind.CutBody, Resource = "pods/log", Bytes = 50, Times = 2 });

        Assert.Equal(query.Length == 0 ? "a\nb\nc\nd\ne\nf\n" : "c\nd\ne\nf\n", await _stage.ReadAsync("ended", query));
    }

    [Fact]
    public async Task Follow_OfAConnectionThatIsDead_GoesOnOverAnother()
    {
        await _stage.SubmitAsync(LogStage.Writer("dead", lines: "one\ntwo\nthree", seconds: "5"));
        await _stage.PassAsync(3);
        _stage.Host.Faults.Add(new Fault { Kind = FaultKind.StallBody, Resource = "pods/log", Times = 1 });

        Assert.Equal("one\ntwo\nthree\n", await _stage.ReadAsync("dead", "?follow=true"));
    }

    [Fact]
    public async Task Read_OfWhatHasFinished_WorksUntilItsPodsAreGone()
    {
        await _stage.SubmitAsync(LogStage.Writer("finished"));
        await _stage.PassAsync(15);
        Assert.Equal("one\ntwo\nthree\n", await _stage.ReadAsync("finished"));
        Assert.Equal("one\ntwo\nthree\n", await _stage.ReadAsync("finished", "?follow=true"));

        await _stage.Host.Cluster.CoreV1.DeleteNamespacedPodAsync((await _stage.PodsAsync())[0], LogStage.Space);
        await _stage.PassAsync(5);

        await (await _stage.AskAsync("finished")).ProblemAsync(HttpStatusCode.NotFound, "LOGS_GONE");
        await (await _stage.AskAsync("finished", "?follow=true")).ProblemAsync(HttpStatusCode.NotFound, "LOGS_GONE");
    }

    [Fact]
    public async Task Read_BeforeTheContainerHasStarted_SaysWhatItWaitsFor()
    {
        await _stage.SubmitAsync(LogStage.Writer("no-image", more: new() { ["annotations"] = new JsonObject { ["image-pull-error"] = "not found" } }));
        await _stage.PassAsync(5);

        var problem = await (await _stage.AskAsync("no-image")).ProblemAsync(HttpStatusCode.Conflict, "LOGS_NOT_READY");

        Assert.Contains("cannot be pulled", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.True((bool)problem["retryable"]!);
    }

    [Fact]
    public async Task Follow_OfAWorkloadThatIsDeletedBeforeItStarts_EndsWithTheReason()
    {
        await _stage.SubmitAsync(LogStage.Writer("deleted", more: new() { ["suspended"] = true }));
        using var response = await _stage.AskAsync("deleted", "?follow=true", events: true);
        await _stage.Host.Http.DeleteAsync("/projects/team-a/workloads/deleted");

        var text = await _stage.WhileTimePassesAsync(response.Content.ReadAsStringAsync());

        Assert.Contains("event: error\ndata: {", text, StringComparison.Ordinal);
        Assert.Contains("LOGS_GONE", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_AfterTheLastId_GoOnWithTheNextLine()
    {
        await _stage.SubmitAsync(LogStage.Writer("resumed", lines: "a\nsame\nsame\nb", every: "0"));
        await _stage.PassAsync(10);
        var all = await _stage.ReadAsync("resumed", events: true);
        string[] ids = [.. all.Split('\n').Where(line => line.StartsWith("id: ", StringComparison.Ordinal)).Select(line => line[4..])];
        Assert.Equal(4, ids.Distinct().Count());

        for (var given = 0; given < ids.Length; given++)
            Assert.Equal(Data(all).Skip(given + 1), Data(await _stage.ReadAsync("resumed", "?tail=1&follow=true", events: true, after: ids[given])));
    }

    internal static string[] Data(string events) =>
        [.. events.Split("\n\n").Where(one => one.StartsWith("data: ", StringComparison.Ordinal)).Select(one => one.Split('\n')[0]["data: ".Length..])];
}
