using System.Net;
using System.Text.Json.Nodes;
using Gateway.Api.Tests.Clusters;
using Gateway.Api.Tests.Live;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Api.Tests.Access;

/// <summary>Pods, and what is read from them, are shown to whoever may list pods, and to nobody else, whatever was shown to whom before.</summary>
public sealed class HiddenPodsTests : IAsyncLifetime, IAsyncDisposable
{
    private const string Workloads = "/projects/team-a/workloads";

    private static readonly string[] Reading = ["get jobs", "list jobs", "get statefulsets", "list statefulsets"];

    private readonly GatewayHost _gateway = new() { Time = new FakeTimeProvider(DateTimeOffset.UtcNow) };

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => ((IAsyncLifetime)_gateway).DisposeAsync();

    ValueTask IAsyncDisposable.DisposeAsync() => _gateway.DisposeAsync();

    [EmbeddedTheory("drives the cluster's clock")]
    [InlineData($"{Workloads}/a")]
    [InlineData(Workloads)]
    [InlineData($"{Workloads}?phase=Running&sort=phase")]
    public async Task Answers_InTurn_ShowEachCallerItsOwn(string path)
    {
        var (all, few) = (await _gateway.InviteAsync([.. Reading, "list pods"]), await _gateway.InviteAsync(Reading));
        await RunAsync("a");

        string? tag = null;
        for (var turn = 0; turn < 3; turn++)
        {
            var (full, bare) = (await _gateway.SendAsync(all, "GET", path), await _gateway.SendAsync(few, "GET", path));
            var (pods, shown) = (Only(await full.BodyAsync(HttpStatusCode.OK)), Only(await bare.BodyAsync(HttpStatusCode.OK)));
            Assert.Equal(("Running", "Running"), ((string?)pods["phase"], (string?)shown["phase"]));
            Assert.NotNull(pods["pods"]![0]!["node"]);
            Assert.Equal(["pods", "startedAt"], pods.Select(member => member.Key).Except(shown.Select(member => member.Key)).Order());
            Assert.NotEqual(full.Headers.ETag, bare.Headers.ETag);
            Assert.Equal(tag ??= bare.Headers.ETag!.Tag, bare.Headers.ETag!.Tag);
        }
    }

    [EmbeddedFact("drives the cluster's clock")]
    public async Task Change_WithTheTagOfWhatIsShown_IsMade()
    {
        var token = await _gateway.InviteAsync([.. Reading, "delete jobs"]);
        await RunAsync("a");
        var tag = (await _gateway.SendAsync(token, "GET", $"{Workloads}/a")).Headers.ETag!;
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{Workloads}/a") { Headers = { IfMatch = { tag }, Authorization = new("Bearer", token) } };

        var left = await (await _gateway.Http.SendAsync(request)).BodyAsync(HttpStatusCode.Accepted);

        Assert.Equal("Deleting", (string?)left["phase"]);
        Assert.Null(left["pods"]);
        Assert.Null(left["deletion"]!["podsRemaining"]);
    }

    [EmbeddedFact("drives the cluster's clock")]
    public async Task Stream_ToWhoMayNotListPods_TellsNothingOfThem()
    {
        var token = await _gateway.InviteAsync(Reading);
        (await _gateway.SubmitAsync(GatewayHost.Train("a"))).EnsureSuccessStatusCode();
        await using var stream = await SseReader.OpenAsync(_gateway, $"{Workloads}/a", token);

        var events = new List<JsonObject>();
        while (events.LastOrDefault()?["phase"]?.ToString() != "Running")
        {
            var next = stream.NextAsync();
            while (!next.IsCompleted)
                await LetGoOnAsync();
            events.Add((await next)!.Value.Data);
        }

        Assert.DoesNotContain(events, shown => shown.ContainsKey("pods") || shown.ContainsKey("startedAt"));
    }

    [EmbeddedFact("drives the cluster's clock")]
    public async Task Stream_OfWhoMayNoLongerListPods_Ends()
    {
        var token = await _gateway.InviteAsync([.. Reading, "list pods"]);
        (await _gateway.SubmitAsync(GatewayHost.Build("a"))).EnsureSuccessStatusCode();
        await using var stream = await SseReader.OpenAsync(_gateway, $"{Workloads}/a", token);
        await stream.UntilAsync("synced");

        var role = (await _gateway.Cluster.RbacAuthorizationV1.ListNamespacedRoleAsync(_gateway.Space)).Items.Single(one => one.Metadata.Name.StartsWith("caller-", StringComparison.Ordinal));
        role.Rules = [.. role.Rules.Where(rule => !rule.Resources.Contains("pods"))];
        await _gateway.Cluster.RbacAuthorizationV1.ReplaceNamespacedRoleAsync(role, role.Metadata.Name, _gateway.Space);

        for (var next = stream.NextAsync(); ; next = stream.NextAsync())
        {
            while (!next.IsCompleted)
                await LetGoOnAsync();
            if (await next is null)
                return;
        }
    }

    [EmbeddedTheory("drives the cluster's clock")]
    [InlineData("", HttpStatusCode.Conflict)]
    [InlineData("?pod=another", HttpStatusCode.BadRequest)]
    [InlineData("?container=another", HttpStatusCode.BadRequest)]
    public async Task Log_ThatIsNotThere_NamesNoPods(string query, HttpStatusCode expected)
    {
        var (all, few) = (await _gateway.InviteAsync([.. Reading, "get pods/log", "list pods"]), await _gateway.InviteAsync([.. Reading, "get pods/log"]));
        var waits = GatewayHost.Train("a");
        waits["gpu"]!["count"] = 64;
        (await _gateway.SubmitAsync(waits)).EnsureSuccessStatusCode();
        while ((await _gateway.Cluster.CoreV1.ListNamespacedPodAsync(_gateway.Space)).Items.Count == 0)
            await LetGoOnAsync();

        var told = await (await _gateway.SendAsync(all, "GET", $"{Workloads}/a/logs{query}", accept: "text/plain")).BodyAsync(expected);
        var kept = await (await _gateway.SendAsync(few, "GET", $"{Workloads}/a/logs{query}", accept: "text/plain")).BodyAsync(expected);

        Assert.NotEqual((string?)told["detail"], (string?)kept["detail"]);
        Assert.DoesNotMatch("a-[a-z0-9]{5}|node", kept.ToJsonString());
    }

    private async Task RunAsync(string name)
    {
        var submission = GatewayHost.Train(name);
        submission["annotations"] = new JsonObject { ["embedded.workload-gateway.io/run-seconds"] = "forever" };
        (await _gateway.SubmitAsync(submission)).EnsureSuccessStatusCode();
        while ((string?)(await _gateway.GetAsync($"{Workloads}/{name}"))["phase"] != "Running")
            await LetGoOnAsync();
    }

    private async Task LetGoOnAsync()
    {
        ((FakeTimeProvider)_gateway.Time).Advance(TimeSpan.FromSeconds(1));
        await _gateway.SettledAsync();
        // What goes over the network is not known to the clock.
        await Task.Delay(5);
    }

    private static JsonObject Only(JsonObject answer) => answer["items"] is JsonArray items ? items.Single()!.AsObject() : answer;
}
