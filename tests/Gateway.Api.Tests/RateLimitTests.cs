using System.Net;
using Xunit;

namespace Gateway.Api.Tests;

/// <summary>How much one caller, and one project, may ask.</summary>
public sealed class RateLimitTests
{
    [Fact]
    public async Task Caller_OverItsLimit_IsToldToWait()
    {
        await using var gateway = await StartAsync("Caller");

        Assert.Equal(HttpStatusCode.OK, (await gateway.Http.GetAsync("/me")).StatusCode);
        var over = await UntilRefusedAsync(gateway, "/me");

        Assert.NotNull(over.Headers.RetryAfter);
        await over.ProblemAsync(HttpStatusCode.TooManyRequests, "TOO_MANY_REQUESTS");
    }

    [Fact]
    public async Task Project_OverItsLimit_SlowsNoOther()
    {
        await using var gateway = await StartAsync("Project");

        await (await UntilRefusedAsync(gateway, "/projects/team-a/workloads")).ProblemAsync(HttpStatusCode.TooManyRequests, "TOO_MANY_REQUESTS");

        Assert.Equal(HttpStatusCode.OK, (await gateway.Http.GetAsync("/projects/team-b/workloads")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Http.GetAsync("/me")).StatusCode);
    }

    [Fact]
    public async Task Documentation_IsNotLimited()
    {
        await using var gateway = await StartAsync("Caller");

        foreach (var _ in Enumerable.Range(0, 5))
            Assert.Equal(HttpStatusCode.OK, (await gateway.Http.GetAsync("/openapi/v1.json")).StatusCode);
    }

    private static async Task<HttpResponseMessage> UntilRefusedAsync(GatewayHost gateway, string path)
    {
        // All at once: none of them waits for a second to pass.
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => gateway.Http.GetAsync(path)));
        return answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
    }

    private static async Task<GatewayHost> StartAsync(string limit)
    {
        var gateway = new GatewayHost { Settings = new() { [$"RateLimits:{limit}:PerSecond"] = "1", [$"RateLimits:{limit}:Burst"] = "2" } };
        await gateway.InitializeAsync();
        return gateway;
    }
}
