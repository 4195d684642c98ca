using System.Net;
using System.Text.Json.Nodes;
using k8s;
using Xunit;

namespace Gateway.Api.Tests.Live;

/// <summary>Streams of workloads.</summary>
public sealed class StreamTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const string Workloads = "/projects/team-b/workloads";

    [Fact]
    public async Task Stream_OfAProject_BeginsWithWhatIsThereAndTellsWhatChanges()
    {
        (await gateway.SubmitAsync(GatewayHost.Train("there"), "team-b")).EnsureSuccessStatusCode();
        await using var stream = await SseReader.OpenAsync(gateway, $"{Workloads}?search=there");

        Assert.Equal(("snapshot", "there"), Named(await stream.NextAsync()));
        Assert.Equal("synced", (await stream.NextAsync())?.Name);

        (await gateway.SubmitAsync(GatewayHost.Train("there-too"), "team-b")).EnsureSuccessStatusCode();
        await stream.UntilAsync("added", workload => (string?)workload["name"] == "there-too");
        await stream.UntilAsync("changed", workload => (string?)workload["name"] == "there-too" && (string?)workload["phase"] == "Running");
        (await gateway.Http.DeleteAsync($"{Workloads}/there")).EnsureSuccessStatusCode();
        await stream.UntilAsync("deleted", workload => (string?)workload["name"] == "there");
    }

    [Fact]
    public async Task Stream_WithAFilter_TellsOfWhatLeavesIt()
    {
        (await gateway.SubmitAsync(GatewayHost.Train("leaves"), "team-b")).EnsureSuccessStatusCode();
        await using var stream = await SseReader.OpenAsync(gateway, $"{Workloads}?search=leaves&phase=Creating&phase=Pending&phase=Initializing&phase=Running");

        (await gateway.Http.DeleteAsync($"{Workloads}/leaves")).EnsureSuccessStatusCode();

        var left = await stream.UntilAsync("deleted");
        Assert.Equal("leaves", (string?)left["name"]);
    }

    [Fact]
    public async Task Stream_OfOne_EndsWithIt()
    {
        var submission = GatewayHost.Train("runs-out");
        submission["annotations"] = new JsonObject { ["embedded.workload-gateway.io/run-seconds"] = "0.3" };
        (await gateway.SubmitAsync(submission, "team-b")).EnsureSuccessStatusCode();
        await using var stream = await SseReader.OpenAsync(gateway, $"{Workloads}/runs-out");

        Assert.Equal(("snapshot", "runs-out"), Named(await stream.NextAsync()));
        List<string> names = [];
        string? phase = null;
        while (await stream.NextAsync() is { } happened)
        {
            names.Add(happened.Name);
            phase = (string?)happened.Data["phase"] ?? phase;
        }

        Assert.Equal("end", names[^1]);
        Assert.Equal("Completed", phase);
        Assert.All(names[1..^1], name => Assert.Equal("changed", name));
    }

    [Fact]
    public async Task Stream_OfOneThatIsDeleted_EndsAndDoesNotMeetTheNextOne()
    {
        (await gateway.SubmitAsync(GatewayHost.Build("again"), "team-b")).EnsureSuccessStatusCode();
        await using var stream = await SseReader.OpenAsync(gateway, $"{Workloads}/again");
        await stream.UntilAsync("synced");

        (await gateway.Http.DeleteAsync($"{Workloads}/again")).EnsureSuccessStatusCode();

        await stream.UntilAsync("deleted");
        Assert.Equal("end", (await stream.NextAsync())?.Name);
        Assert.Null(await stream.NextAsync());
    }

    [Theory]
    [InlineData("sort=name", "sort")]
    [InlineData("limit=5", "limit")]
    [InlineData("continue=abc", "continue")]
    public async Task Stream_WithAPage_IsRefused(string query, string parameter)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Workloads}?{query}");
        request.Headers.Accept.ParseAdd("text/event-stream");

        var problem = await (await gateway.Http.SendAsync(request)).ProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");

        Assert.NotNull(problem["errors"]![parameter]);
    }

    [Fact]
    public async Task Stream_OfNothing_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Workloads}/nothing-of-that-name");
        request.Headers.Accept.ParseAdd("text/event-stream");

        await (await gateway.Http.SendAsync(request)).ProblemAsync(HttpStatusCode.NotFound, "WORKLOAD_NOT_FOUND");
    }

    // Behind the gateway's back, as another replica would.
    [Fact]
    public async Task Stream_OfWhatOthersMake_TellsOfIt()
    {
        await using var stream = await SseReader.OpenAsync(gateway, $"{Workloads}?search=by-hand");
        await stream.UntilAsync("synced");

        await gateway.Cluster.BatchV1.CreateNamespacedJobAsync(
            new()
            {
                Metadata = new() { Name = "by-hand" },
                Spec = new() { Template = new() { Spec = new() { SchedulerName = "runai-scheduler", RestartPolicy = "Never", Containers = [new() { Name = "a", Image = "a" }] } } },
            },
            "runai-team-b");

        await stream.UntilAsync("added", workload => (string?)workload["name"] == "by-hand");
    }

    private static (string Name, string? Workload)? Named((string Name, JsonObject Data)? happened) => happened is { } some ? (some.Name, (string?)some.Data["name"]) : null;
}
