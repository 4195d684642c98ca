using System.Net;
using System.Text.Json.Nodes;
using Gateway.Api.Tests.Clusters;
using Gateway.Embedded.Faults;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Api.Tests.Projects;

/// <summary>What one caller leaves the others of a project.</summary>
public sealed class FairShareTests
{
    private const string Workloads = "/projects/team-a/workloads";

    // Half of what one project may have at work.
    private const int Share = 16;
    private const int Many = 1_000;

    // How long one is ready to wait for what never comes.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [EmbeddedFact("breaks calls on purpose")]
    public async Task Caller_WhoseBatchesTakeLong_LeavesTheOthersTheirTurns()
    {
        var (gateway, time) = await StartAsync(("RateLimits:Batches", "0"));
        await using var _ = gateway;
        Hold(gateway);
        var hanging = Enumerable.Range(0, 10).Select(batch => gateway.Http.PostAsync($"{Workloads}/batch", BatchContent(batch))).ToList();
        await GatewayHost.UntilAsync(() => Task.FromResult(Held(gateway) >= Share));
        gateway.Faults.Clear();

        var submitted = await SendAsync(gateway, HttpMethod.Post, Workloads, GatewayHost.Train("of-another")).WaitAsync(Patience);

        await submitted.BodyAsync(HttpStatusCode.Created);
        await PassAsync(time, Task.WhenAll(hanging));
    }

    // Both places are taken by callers who write; nobody who reads waits for them.
    [EmbeddedFact("breaks calls on purpose")]
    public async Task Read_IsAnswered_WhereWritesTakeEveryPlace()
    {
        var (gateway, time) = await StartAsync(("Cluster:Operations:PerProject", "2"), ("Cluster:Operations:Total", "2"));
        await using var _ = gateway;
        (await gateway.SubmitAsync(GatewayHost.Train("there"))).EnsureSuccessStatusCode();
        Hold(gateway);
        var hanging = gateway.SubmitAsync(GatewayHost.Train("hangs"));
        var another = SendAsync(gateway, HttpMethod.Post, Workloads, GatewayHost.Train("hangs-too"));
        await GatewayHost.UntilAsync(() => Task.FromResult(Held(gateway) == 2));

        foreach (var read in (string[])["/there/manifest", "/there/events", "/there"])
            Assert.Equal(HttpStatusCode.OK, (await gateway.Http.GetAsync(Workloads + read).WaitAsync(Patience)).StatusCode);

        gateway.Faults.Clear();
        await PassAsync(time, Task.WhenAll(hanging, another));
    }

    [Fact]
    public async Task Project_OverItsLimit_LetsInWhoAskedForLittle()
    {
        await using var gateway = new GatewayHost { Settings = new() { ["RateLimits:Project:PerSecond"] = "1", ["RateLimits:Project:Burst"] = "10" } };
        await gateway.InitializeAsync();

        var greedy = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => gateway.Http.GetAsync(Workloads)));
        var modest = await SendAsync(gateway, HttpMethod.Get, Workloads);

        var refused = greedy.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Contains("RateLimits:Project", (string)(await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "TOO_MANY_REQUESTS"))["detail"]!, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, modest.StatusCode);
    }

    // From now on whatever is created takes long: time stands still.
    private static void Hold(GatewayHost gateway) =>
        gateway.Faults.Add(new() { Kind = FaultKind.Delay, Seconds = 30, Verb = "create", Resource = "jobs", Times = Many });

    private static int Held(GatewayHost gateway) => Many - gateway.Faults.Faults[0].Times!.Value;

    private static StringContent BatchContent(int batch) => new(
        new JsonObject { ["mode"] = "bestEffort", ["items"] = new JsonArray([.. Enumerable.Range(0, 20).Select(item => GatewayHost.Train($"batch-{batch}-{item}"))]) }.ToJsonString(),
        System.Text.Encoding.UTF8, "application/json");

    // As another caller than the one without a token.
    private static async Task<HttpResponseMessage> SendAsync(GatewayHost gateway, HttpMethod method, string path, JsonObject? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Bearer", gateway.AdminToken);
        return await gateway.Http.SendAsync(request);
    }

    private static async Task<(GatewayHost Gateway, FakeTimeProvider Time)> StartAsync(params (string Name, string Value)[] settings)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var gateway = new GatewayHost { Time = time, Embedded = new() { MakesPods = false }, Settings = settings.ToDictionary(setting => setting.Name, setting => setting.Value) };
        await gateway.InitializeAsync();
        await gateway.GetAsync(Workloads);
        return (gateway, time);
    }

    private static async Task PassAsync(FakeTimeProvider time, Task work)
    {
        while (!work.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await Task.WhenAny(work, Task.Delay(20));
        }
        await work;
    }
}
