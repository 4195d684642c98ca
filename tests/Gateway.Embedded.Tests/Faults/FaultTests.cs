using Gateway.Embedded.Faults;
using Microsoft.Extensions.Time.Testing;
using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests.Faults;

public sealed class FaultTests
{
    [Theory]
    [InlineData(FaultKind.TooManyRequests, 429, "TooManyRequests")]
    [InlineData(FaultKind.InternalError, 500, "InternalError")]
    [InlineData(FaultKind.Unavailable, 503, "ServiceUnavailable")]
    [InlineData(FaultKind.Timeout, 504, "Timeout")]
    [InlineData(FaultKind.ExpiredToken, 401, "Unauthorized")]
    public async Task Refusal_StrikesTheNextRequest_AndOnlyThat(FaultKind kind, int status, string reason)
    {
        await using var client = await ClusterClient.StartAsync();
        client.Cluster.Faults.Add(new Fault { Kind = kind, Verb = "create", Resource = "jobs", Times = 1 });
        Assert.Equal(404, (await client.GetAsync($"{Jobs}/train-1")).Status);
        var refused = await client.PostAsync(Jobs, Job("train-1"));
        Assert.Equal((status, reason), (refused.Status, refused.At("reason")));
        Assert.Equal(201, (await client.PostAsync(Jobs, Job("train-1"))).Status);
        Assert.Empty(client.Cluster.Faults.Faults);
    }

    [Theory]
    [InlineData(FaultKind.DropBefore, 201)]
    [InlineData(FaultKind.DropAfter, 409)]
    public async Task Drop_BreaksTheConnection_BeforeOrAfterTheWrite(FaultKind kind, int again)
    {
        await using var client = await ClusterClient.StartAsync();
        client.Cluster.Faults.Add(new Fault { Kind = kind, Verb = "create", Times = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => client.PostAsync(Jobs, Job("train-1")));
        Assert.Equal(again, (await client.PostAsync(Jobs, Job("train-1"))).Status);
    }

    [Theory]
    [InlineData(FaultKind.InternalErrorAfter, 500, null, "etcdserver: request timed out")]
    [InlineData(FaultKind.TimeoutAfter, 504, "Timeout", "Timeout: request did not complete within requested timeout - context deadline exceeded")]
    public async Task RefusalAfter_SaysThatNothingCame_ThoughTheWriteWasDone(FaultKind kind, int status, string? reason, string message)
    {
        await using var client = await ClusterClient.StartAsync();
        client.Cluster.Faults.Add(new Fault { Kind = kind, Verb = "create", Resource = "jobs", Times = 1 });
        var refused = await client.PostAsync(Jobs, Job("train-1"));
        Assert.Equal((status, reason, message), (refused.Status, refused.At("reason"), refused.At("message")));
        Assert.Equal(200, (await client.GetAsync($"{Jobs}/train-1")).Status);
    }

    [Theory]
    [InlineData(FaultKind.StallBefore, 404)]
    [InlineData(FaultKind.StallAfter, 200)]
    public async Task Stall_HasNoAnswer_BeforeOrAfterTheWrite(FaultKind kind, int status)
    {
        await using var client = await ClusterClient.StartAsync();
        client.Cluster.Faults.Add(new Fault { Kind = kind, Verb = "create", Resource = "jobs", Times = 1 });
        var silence = client.PostAsync(Jobs, Job("train-1"));
        while (client.Cluster.Faults.Faults.Count > 0) await Task.Yield();
        while (status == 200 && (await client.GetAsync($"{Jobs}/train-1")).Status != status) await Task.Yield();
        Assert.Equal(status, (await client.GetAsync($"{Jobs}/train-1")).Status);
        Assert.False(silence.IsCompleted);
    }

    [Fact]
    public async Task Share_StrikesTheSameRequests_EachTime()
    {
        var (first, second) = (await StruckAsync(seed: 7), await StruckAsync(seed: 7));
        Assert.Equal(first, second);
        Assert.InRange(first.Count(struck => struck), 1, first.Length - 1);
    }

    [Fact]
    public async Task Delay_HoldsTheAnswer_UntilItsTime()
    {
        var time = new FakeTimeProvider();
        await using var client = await ClusterClient.StartAsync(new EmbeddedClusterOptions { TimeProvider = time });
        client.Cluster.Faults.Add(new Fault { Kind = FaultKind.Delay, Resource = "jobs", Seconds = 30, Times = 1 });
        var answer = client.GetAsync(Jobs);
        while (client.Cluster.Faults.Faults.Count > 0) await Task.Yield();
        Assert.False(answer.IsCompleted);
        while (!answer.IsCompleted) time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(200, (await answer).Status);
    }

    [Fact]
    public async Task ForgottenHistory_EndsAWatchFromBefore()
    {
        await using var client = await ClusterClient.StartAsync();
        var version = (await client.GetAsync(Jobs)).At("metadata/resourceVersion");
        await client.PostAsync(Jobs, Job("train-1"));
        client.Cluster.Faults.ForgetHistory();
        var watch = await client.GetAsync($"{Jobs}?watch=true&resourceVersion={version}");
        Assert.Contains("too old resource version", watch.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CutWatches_BreaksThem()
    {
        await using var client = await ClusterClient.StartAsync();
        await client.PostAsync(Jobs, Job("train-1"));
        await using var watch = client.WatchAsync($"{Jobs}?watch=true").GetAsyncEnumerator();
        Assert.True(await watch.MoveNextAsync());
        client.Cluster.Faults.CutWatches();
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (await watch.MoveNextAsync()) { }
        });
    }

    [Fact]
    public async Task StalledBody_StopsInTheMiddle()
    {
        await using var client = await ClusterClient.StartAsync();
        await client.PostAsync(Jobs, Job("train-1"));
        client.Cluster.Faults.Add(new Fault { Kind = FaultKind.StallBody, Verb = "get", Times = 1 });
        using var http = new HttpClient { BaseAddress = client.Cluster.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", client.Cluster.AdminToken);
        using var answer = await http.GetAsync($"{Jobs}/train-1", HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var half = new byte[(int)answer.Content.Headers.ContentLength!.Value / 2];
        await body.ReadExactlyAsync(half);
        var rest = body.ReadAsync(half).AsTask();
        Assert.False(rest.IsCompleted);
    }

    [Fact]
    public async Task CutBody_BreaksTheConnectionAfterSoManyBytes()
    {
        await using var client = await ClusterClient.StartAsync();
        await client.PostAsync(Jobs, Job("train-1"));
        client.Cluster.Faults.Add(new Fault { Kind = FaultKind.CutBody, Verb = "get", Bytes = 7, Times = 1 });
        using var http = new HttpClient { BaseAddress = client.Cluster.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", client.Cluster.AdminToken);
        using var answer = await http.GetAsync($"{Jobs}/train-1", HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[7]);
        await Assert.ThrowsAnyAsync<IOException>(async () => await body.ReadExactlyAsync(new byte[1]));
    }

    [Fact]
    public async Task Route_IsThere_OnlyWhereItWasAskedFor()
    {
        var fault = Parse("""{"kind":"internalError","verb":"list","times":1}""");
        await using var without = await ClusterClient.StartAsync();
        Assert.Equal(404, (await without.PostAsync("/embedded/faults", fault)).Status);
        await using var with = await ClusterClient.StartAsync(new EmbeddedClusterOptions { FaultsOverHttp = true });
        Assert.Equal("internalError", (await with.PostAsync("/embedded/faults", fault)).At("faults/0/kind"));
        Assert.Equal(500, (await with.GetAsync(Jobs)).Status);
        Assert.Equal(401, (await with.SendAsync("GET", "/embedded/faults", token: "another")).Status);
        Assert.Equal(400, (await with.PostAsync("/embedded/faults", Parse("""{"kind":"earthquake"}"""))).Status);
    }

    private static async Task<bool[]> StruckAsync(int seed)
    {
        await using var client = await ClusterClient.StartAsync();
        client.Cluster.Faults.Add(new Fault { Kind = FaultKind.Unavailable, Share = 0.5, Seed = seed });
        var struck = new List<bool>();
        for (var request = 0; request < 20; request++) struck.Add((await client.GetAsync(Jobs)).Status == 503);
        return [.. struck];
    }
}
