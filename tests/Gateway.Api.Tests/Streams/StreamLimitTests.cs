using System.Net;
using System.Net.Http.Headers;
using Gateway.Core.Status;
using Xunit;

namespace Gateway.Api.Tests.Streams;

/// <summary>How many answers may go on at once, of whatever kind they are.</summary>
public sealed class StreamLimitTests
{
    private const string Workloads = "/projects/team-a/workloads";
    private const string Events = "text/event-stream";

    [Theory]
    [InlineData("GET", "", Events)]
    [InlineData("GET", "/held", Events)]
    [InlineData("GET", "/held/logs?follow=true", "text/plain")]
    [InlineData("GET", "/held/logs", "text/plain")]
    [InlineData("GET", "/held?wait=60s", "application/json")]
    [InlineData("DELETE", "/held?wait=60s", "application/json")]
    public async Task Answer_ThatGoesOn_BeyondTheCallersLimit_IsRefused(string method, string path, string accept)
    {
        await using var gateway = await StartAsync(perCaller: 1, total: 10);
        (await gateway.SubmitAsync(GatewayHost.Build("held"))).EnsureSuccessStatusCode();
        await gateway.UntilAsync("held", Phase.Running);
        using var open = await AskAsync(gateway, Workloads, Events);
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);

        using var refused = await AskAsync(gateway, Workloads + path, accept, method);

        await AssertRefusedAsync(refused, "Streams:PerCaller");
        Assert.Equal(Phase.Running, (string?)(await gateway.GetAsync($"{Workloads}/held"))["phase"]);
    }

    [Fact]
    public async Task Stream_OfAnotherCaller_IsLetIn_AsLongAsThereIsAPlace()
    {
        await using var gateway = await StartAsync(perCaller: 2, total: 3);
        using var first = await AskAsync(gateway, Workloads, Events);
        using var second = await AskAsync(gateway, Workloads, Events);
        using var third = await AskAsync(gateway, Workloads, Events);
        using var another = await AskAsync(gateway, Workloads, Events, token: gateway.AdminToken);
        using var last = await AskAsync(gateway, Workloads, Events, token: gateway.AdminToken);

        await AssertRefusedAsync(third, "Streams:PerCaller");
        Assert.Equal(HttpStatusCode.OK, another.StatusCode);
        await AssertRefusedAsync(last, "Streams:Total");
    }

    [Fact]
    public async Task Stream_WhoseReaderLeaves_FreesItsPlace()
    {
        await using var gateway = await StartAsync(perCaller: 1, total: 1);
        var open = await AskAsync(gateway, Workloads, Events);

        open.Dispose();

        await GatewayHost.UntilAsync(async () =>
        {
            using var next = await AskAsync(gateway, Workloads, Events);
            return next.StatusCode == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task Stream_WithoutALimit_IsLetIn()
    {
        await using var gateway = await StartAsync(perCaller: 0, total: 0);
        using var first = await AskAsync(gateway, Workloads, Events);
        using var second = await AskAsync(gateway, Workloads, Events);

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage answer, string limit)
    {
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        var problem = await answer.ProblemAsync(HttpStatusCode.TooManyRequests, "TOO_MANY_REQUESTS");
        Assert.Contains(limit, (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    private static async Task<HttpResponseMessage> AskAsync(GatewayHost gateway, string path, string accept, string method = "GET", string? token = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Accept.ParseAdd(accept);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        if (method == "GET")
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        return await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task<GatewayHost> StartAsync(int perCaller, int total)
    {
        var gateway = new GatewayHost { Settings = new() { ["Streams:PerCaller"] = $"{perCaller}", ["Streams:Total"] = $"{total}" } };
        await gateway.InitializeAsync();
        return gateway;
    }
}
