using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests.Life;

/// <summary>A cluster whose time stands still unless a test lets it go on.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private readonly FakeTimeProvider time;

    private Stage(ClusterClient client, FakeTimeProvider time) => (Client, this.time) = (client, time);

    public ClusterClient Client { get; }

    public DateTimeOffset Now => time.GetUtcNow();

    public static async Task<Stage> SetAsync(EmbeddedClusterOptions? options = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        return new Stage(await ClusterClient.StartAsync((options ?? new EmbeddedClusterOptions()) with { TimeProvider = time }), time);
    }

    /// <summary>Lets so many seconds go by, and the cluster do in each moment what it has to.</summary>
    public async Task PassAsync(double seconds)
    {
        await Client.Cluster.SettledAsync();
        for (var left = TimeSpan.FromSeconds(seconds); left > TimeSpan.Zero; left -= Step)
        {
            time.Advance(left < Step ? left : Step);
            await Client.Cluster.SettledAsync();
        }
    }

    public async Task<JsonObject> GetAsync(string path) => (await Client.GetAsync(path)).Body;

    /// <summary>The pods there are, by name.</summary>
    public async Task<JsonObject[]> PodsAsync() => [.. (await GetAsync(Pods))["items"]!.AsArray().Select(pod => pod!.AsObject())];

    /// <summary>The reasons of the events about an object, in order.</summary>
    public async Task<string[]> EventsAsync(string name)
    {
        var events = await GetAsync($"/api/v1/namespaces/runai-team-a/events?fieldSelector=involvedObject.name%3D{name}");
        return [.. events["items"]!.AsArray().Select(item => item!["reason"]!.ToString())];
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
