using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Gateway.Api.Cluster;
using Gateway.Embedded;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Api.Tests.Logs;

/// <summary>A gateway and its cluster, whose time stands still unless a test lets it go on.</summary>
internal sealed class LogStage : IAsyncDisposable
{
    public const string Space = "runai-team-a";
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    private LogStage(Dictionary<string, string> settings) => Host = new() { Time = _time, Settings = settings };

    public GatewayHost Host { get; }

    private EmbeddedCluster Cluster => Host.Services.GetRequiredService<EmbeddedClusterService>().Cluster;

    public static async Task<LogStage> SetAsync(params (string Name, string Value)[] settings)
    {
        var stage = new LogStage(settings.ToDictionary(setting => setting.Name, setting => setting.Value));
        await stage.Host.InitializeAsync();
        return stage;
    }

    /// <summary>A train whose container writes these lines.</summary>
    public static JsonObject Writer(string name, string lines = "one\ntwo\nthree", string seconds = "4", string every = "1", JsonObject? more = null)
    {
        var train = GatewayHost.Train(name);
        train["gpu"] = null;
        train["annotations"] = new JsonObject
        {
            ["embedded.workload-gateway.io/log-lines"] = lines,
            ["embedded.workload-gateway.io/run-seconds"] = seconds,
            ["embedded.workload-gateway.io/log-every-seconds"] = every,
        };
        foreach (var (field, value) in more ?? [])
        {
            if (field == "annotations")
                foreach (var (key, text) in value!.AsObject()) train["annotations"]![$"embedded.workload-gateway.io/{key}"] = text!.DeepClone();
            else
                train[field] = value!.DeepClone();
        }
        return train;
    }

    public async Task SubmitAsync(JsonObject submission) => await (await Host.SubmitAsync(submission)).BodyAsync(System.Net.HttpStatusCode.Created);

    public static string Path(string name, string query = "") => $"/projects/team-a/workloads/{name}/logs{query}";

    public Task<HttpResponseMessage> AskAsync(string name, string query = "", bool events = false, string? after = null, string? token = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Path(name, query)) { Version = Host.Http.DefaultRequestVersion, VersionPolicy = Host.Http.DefaultVersionPolicy };
        request.Headers.Accept.ParseAdd(events ? "text/event-stream" : "text/plain");
        if (after is not null)
            request.Headers.Add("Last-Event-ID", after);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return Host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The whole log, while time goes on until it ends.</summary>
    public async Task<string> ReadAsync(string name, string query = "", bool events = false, string? after = null)
    {
        var asking = AskAsync(name, query, events, after);
        using var response = await WhileTimePassesAsync(asking);
        var text = await WhileTimePassesAsync(response.Content.ReadAsStringAsync());
        Assert.True(response.IsSuccessStatusCode, text);
        return text;
    }

    /// <summary>What has been written so far; time stands still.</summary>
    public async Task<string> ReadNowAsync(string name, string query = "")
    {
        using var response = await AskAsync(name, query);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return text;
    }

    /// <summary>Lets time go on until something has come about.</summary>
    public async Task<T> WhileTimePassesAsync<T>(Task<T> work)
    {
        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!work.IsCompleted)
        {
            await PassAsync(1);
            // What goes over the network is not known to the clock.
            await Task.Delay(5, end.Token);
        }
        return await work;
    }

    /// <summary>Waits until something holds, while time stands still or goes on.</summary>
    public async Task UntilAsync(Func<bool> holds, bool passing = false)
    {
        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!holds())
        {
            if (passing)
                await PassAsync(0.25);
            await Task.Delay(5, end.Token);
        }
    }

    /// <summary>Lets so many seconds go by, and the cluster do in each moment what it has to.</summary>
    public async Task PassAsync(double seconds)
    {
        await Cluster.SettledAsync();
        for (var left = TimeSpan.FromSeconds(seconds); left > TimeSpan.Zero; left -= Step)
        {
            _time.Advance(left < Step ? left : Step);
            await Cluster.SettledAsync();
        }
    }

    /// <summary>Lets time go on at once, whatever the cluster has to do.</summary>
    public void Advance(TimeSpan time) => _time.Advance(time);

    public async Task<List<string>> PodsAsync() =>
        [.. (await Host.Cluster.CoreV1.ListNamespacedPodAsync(Space)).Items.OrderBy(pod => pod.Metadata.CreationTimestamp).Select(pod => pod.Metadata.Name)];

    public Task<V1Job> ResumeAsync(string name) =>
        Host.Cluster.BatchV1.PatchNamespacedJobAsync(new V1Patch("""{"spec": {"suspend": false}}""", V1Patch.PatchType.MergePatch), name, Space);

    /// <summary>How often the cluster was asked for a log.</summary>
    public int LogCalls => Host.Accesses.Count(access => access.Path.Contains("/log?", StringComparison.Ordinal));

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
