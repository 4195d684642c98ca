using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Api.Tests.Clusters;
using Gateway.Embedded.Faults;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Api.Tests.Workloads;

/// <summary>What a batch counts as, and how many there may be.</summary>
public sealed class BatchLimitTests
{
    private const string Workloads = "/projects/team-a/workloads";

    // Twenty of a hundred and twenty are left, and one a second comes: no test takes that long.
    [Theory]
    [InlineData("Caller")]
    [InlineData("Project")]
    public async Task Batch_CountsAsItsItems_AndIsRefusedAsAWhole(string limit)
    {
        await using var gateway = await StartAsync(($"RateLimits:{limit}:PerSecond", "1"), ($"RateLimits:{limit}:Burst", "120"));
        var taken = (await (await SubmitAsync(gateway, "first", 100)).BodyAsync(HttpStatusCode.OK))["items"]!.AsArray();

        var refused = await SubmitAsync(gateway, "second", 100);

        Assert.All(taken, item => Assert.Equal(201, (int)item!["status"]!));
        var problem = await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "TOO_MANY_REQUESTS");
        Assert.Contains($"RateLimits:{limit}", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Equal("none", (string?)problem["outcome"]);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 2, 100);
        Assert.Equal(100, (int)(await gateway.GetAsync(Workloads))["total"]!);
    }

    [Theory]
    [InlineData("names")]
    [InlineData("filter")]
    public async Task BatchDelete_CountsAsItsWorkloads_AndIsRefusedAsAWhole(string by)
    {
        await using var gateway = await StartAsync(("RateLimits:Caller:PerSecond", "1"), ("RateLimits:Caller:Burst", "120"));
        await (await SubmitAsync(gateway, "kept", 100)).BodyAsync(HttpStatusCode.OK);
        JsonObject body = by == "names"
            ? new() { ["names"] = new JsonArray([.. Enumerable.Range(0, 100).Select(item => $"kept-{item}")]) }
            : new() { ["filter"] = new JsonObject { ["search"] = "kept" }, ["expected"] = 100 };

        await (await PostAsync(gateway, "batch-delete", body.ToJsonString())).ProblemAsync(HttpStatusCode.TooManyRequests, "TOO_MANY_REQUESTS");

        Assert.Equal(100, (int)(await gateway.GetAsync(Workloads))["total"]!);
    }

    [Fact]
    public async Task Batch_LargerThanCanEverBeLetThrough_IsRefusedForGood()
    {
        await using var gateway = await StartAsync(("RateLimits:Project:PerSecond", "1"), ("RateLimits:Project:Burst", "10"));

        var problem = await (await SubmitAsync(gateway, "large", 11)).ProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");

        Assert.Contains("1 to 10", (string)problem["errors"]!["items"]![0]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batch_OfAsManyAsCanBeLetThrough_IsTaken()
    {
        await using var gateway = await StartAsync(("RateLimits:Caller:PerSecond", "1"), ("RateLimits:Caller:Burst", "10"));

        await (await SubmitAsync(gateway, "fits", 10)).BodyAsync(HttpStatusCode.OK);
    }

    // Were its body read, it would be 400.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task Batch_BeyondThoseAtWork_IsRefusedUnread()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var gateway = new GatewayHost { Time = time, Settings = new() { ["RateLimits:Batches"] = "1" } };
        await gateway.InitializeAsync();
        gateway.Faults.Add(new() { Kind = FaultKind.Delay, Seconds = 30, Verb = "create", Resource = "jobs" });
        var first = SubmitAsync(gateway, "first", 1);
        await GatewayHost.UntilAsync(() => Task.FromResult(gateway.Faults.Holds));

        foreach (var route in (string[])["batch", "batch-delete"])
        {
            var refused = await PostAsync(gateway, route, "no JSON");
            var problem = await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "TOO_MANY_REQUESTS");
            Assert.Contains("RateLimits:Batches", (string)problem["detail"]!, StringComparison.Ordinal);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        while (!first.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await Task.WhenAny(first, Task.Delay(20));
        }
        await (await first).BodyAsync(HttpStatusCode.OK);
    }

    private static Task<HttpResponseMessage> SubmitAsync(GatewayHost gateway, string name, int items) => PostAsync(
        gateway, "batch", new JsonObject { ["mode"] = "bestEffort", ["items"] = new JsonArray([.. Enumerable.Range(0, items).Select(item => GatewayHost.Train($"{name}-{item}"))]) }.ToJsonString());

    private static Task<HttpResponseMessage> PostAsync(GatewayHost gateway, string route, string body) =>
        gateway.Http.PostAsync($"{Workloads}/{route}", new StringContent(body, Encoding.UTF8, "application/json"));

    private static async Task<GatewayHost> StartAsync(params (string Name, string Value)[] settings)
    {
        var gateway = new GatewayHost { Embedded = new() { MakesPods = false }, Settings = settings.ToDictionary(setting => setting.Name, setting => setting.Value) };
        await gateway.InitializeAsync();
        return gateway;
    }
}
