using System.Collections.Concurrent;
using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using Gateway.Api.Tests.Clusters;
using Xunit;

namespace Gateway.Api.Tests.Faults;

/// <summary>A gateway that is told to stop while callers come: what it took it answers, what it streams goes on elsewhere, and it goes.</summary>
public sealed class LeavingTests
{
    private const int Callers = 20;

    // As many requests of each caller come after the gateway said that it is not ready: load balancers take a while.
    private const int Late = 3;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    // Twenty callers, ten times a second each; the gateway stays for far longer than the last of them take.
    [EmbeddedFact("has a cluster of its own")]
    public async Task Gateway_ThatIsTerminated_AnswersWhatItTook_AndIsFirstNotReady()
    {
        await using var fleet = await Fleet.StartAsync(1, pods: false, "--Server:LeaveAfter=00:00:15");
        var gateway = fleet.Gateways[0];
        var (answers, lost) = (new ConcurrentBag<HttpStatusCode>(), new ConcurrentBag<string>());
        using var unready = new CancellationTokenSource();
        var calling = Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => CallAsync(gateway.Address, caller, answers, lost, unready.Token)));
        await GatewayHost.UntilAsync(() => Task.FromResult(answers.Count > 10 * Callers));

        var ending = gateway.TerminateAsync();
        await UntilUnreadyAsync(gateway.Address);
        await unready.CancelAsync();
        await calling;

        Assert.Equal(0, await ending);
        Assert.Empty(lost);
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer));
        Assert.Equal(answers.Count, (await Remains.ReadAsync(fleet.Administrator)).Workloads.Count);
    }

    [EmbeddedFact("has a cluster of its own")]
    public async Task Log_ThatIsFollowed_GoesOnAtAnotherGateway()
    {
        const int Lines = 40;
        await using var fleet = await Fleet.StartAsync(2, pods: true);
        using (var caller = new PatientCaller(fleet.Gateways[0].Address))
            await caller.SubmitAsync(Logs.LogStage.Writer("writes", string.Join('\n', Enumerable.Range(1, Lines).Select(line => $"line {line}")), seconds: "5", every: "0.1"), "key");
        var read = new List<(string? Id, string Text)>();

        await foreach (var line in FollowAsync(fleet.Gateways[0].Address, after: null))
        {
            read.Add((line.EventId, line.Data));
            if (read.Count == 5)
                _ = fleet.Gateways[0].TerminateAsync();
        }
        var before = read.Count;
        await foreach (var line in FollowAsync(fleet.Gateways[1].Address, after: read[^1].Id))
            read.Add((line.EventId, line.Data));

        Assert.InRange(before, 5, Lines - 1);
        Assert.Equal(Enumerable.Range(1, Lines).Select(line => $"line {line}"), read.Select(line => line.Text));
    }

    private static async Task CallAsync(Uri gateway, int caller, ConcurrentBag<HttpStatusCode> answers, ConcurrentBag<string> lost, CancellationToken unready)
    {
        using var http = new HttpClient { BaseAddress = gateway };
        using var pace = new PeriodicTimer(Pace);
        for (var (number, late) = (0, 0); late < Late; number++)
        {
            late += unready.IsCancellationRequested ? 1 : 0;
            var body = new StringContent($$"""{"type": "train", "name": "w-{{caller}}-{{number}}", "image": "busybox"}""", Encoding.UTF8, "application/json");
            try
            {
                using var response = await http.PostAsync("/projects/team-a/workloads", body, CancellationToken.None);
                answers.Add(response.StatusCode);
            }
            catch (HttpRequestException e)
            {
                lost.Add($"{e.HttpRequestError}");
            }
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    // Over a connection of its own each time, as probes come; fails where nobody listens any more.
    private static async Task UntilUnreadyAsync(Uri gateway)
    {
        HttpStatusCode seen;
        do
        {
            using var http = new HttpClient { BaseAddress = gateway };
            seen = (await http.GetAsync("/healthz/ready")).StatusCode;
        }
        while (seen != HttpStatusCode.ServiceUnavailable);
    }

    // The lines; what else the stream says, such as why it ends, is no line.
    private static async IAsyncEnumerable<SseItem<string>> FollowAsync(Uri gateway, string? after)
    {
        using var http = new HttpClient { BaseAddress = gateway };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/projects/team-a/workloads/writes/logs?follow=true");
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (after is not null)
            request.Headers.Add("Last-Event-ID", after);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var events = SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator();
        while (await MoveAsync(events))
        {
            if (events.Current.Data.StartsWith("line ", StringComparison.Ordinal))
                yield return events.Current;
        }
    }

    // A stream that was broken off on purpose is not to be taken for a whole one.
    private static async Task<bool> MoveAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return false;
        }
    }
}
