using System.Net;
using System.Net.Http.Headers;
using Gateway.Api.Projects.Watching;
using Gateway.Api.Tests.Clusters;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Api.Tests.Projects;

/// <summary>Names that are no project's cost the cluster next to nothing, whoever asks for them.</summary>
public sealed class UnknownProjectTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private GatewayHost _host = null!;
    private int _asked;

    public async Task InitializeAsync()
    {
        _host = new() { Time = _time };
        await _host.InitializeAsync();
    }

    public Task DisposeAsync() => ((IAsyncLifetime)_host).DisposeAsync();

    ValueTask IAsyncDisposable.DisposeAsync() => _host.DisposeAsync();

    [EmbeddedTheory("lets time go on, and counts the cluster's requests")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Names_OfNoProject_CauseOneListInTwoSecondsOfAllCallers(bool watched)
    {
        await (watched ? WatchAsync() : ForbidWatchAsync());
        string?[] callers = [null, "admin-token", await TokenAsync("one"), await TokenAsync("two"), await TokenAsync("three")];
        // The first look may be one that was begun before.
        _time.Advance(Window);
        for (var window = 0; window < 3; window++)
        {
            var before = Lists;
            await Task.WhenAll(callers.SelectMany(caller => (Task[])[
                AssertUnknownAsync(caller), AssertUnknownAsync(caller), .. Enumerable.Range(0, 20).Select(_ => AssertNotFoundAsync(caller))]));

            Assert.Equal(before + 1, Lists);
            _time.Advance(Window);
        }
    }

    [EmbeddedFact("counts the cluster's requests")]
    public async Task Project_MadeJustAfterItWasLookedFor_IsFoundByTheWatchAtOnce()
    {
        await WatchAsync();
        _time.Advance(Window);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(null, "/projects/new/workloads")).StatusCode);
        var before = Lists;

        await LabelAsync("new");

        // The clock stands still: it is not looked for again.
        await GatewayHost.UntilAsync(async () => (await AskAsync(null, "/projects/new/workloads")).StatusCode == HttpStatusCode.OK);
        Assert.Equal(before, Lists);
    }

    [EmbeddedFact("takes rights away from the gateway, and lets time go on")]
    public async Task Project_MadeJustAfterItWasLookedFor_IsFoundInTwoSecondsWhereNoWatchTells()
    {
        await ForbidWatchAsync();
        _time.Advance(Window);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(null, "/projects/new/workloads")).StatusCode);

        await LabelAsync("new");
        _time.Advance(Window);

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(null, "/projects/new/workloads")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(null, "/projects/team-b/workloads")).StatusCode);
    }

    private int Lists => _host.Accesses.Count(access =>
        access.User == "system:serviceaccount:workload-gateway:workload-gateway"
        && access.Path.StartsWith("/api/v1/namespaces?", StringComparison.Ordinal)
        && !access.Path.Contains("watch=true", StringComparison.Ordinal));

    private bool IsWatched => _host.Services.GetRequiredService<ProjectsWatch>().Known is not null;

    private async Task WatchAsync() => await GatewayHost.UntilAsync(() => Task.FromResult(IsWatched));

    private async Task ForbidWatchAsync()
    {
        var role = await _host.Cluster.RbacAuthorizationV1.ReadClusterRoleAsync("workload-gateway");
        role.Rules.Single(rule => rule.Resources.Contains("namespaces")).Verbs = ["get", "list"];
        await _host.Cluster.RbacAuthorizationV1.ReplaceClusterRoleAsync(role, "workload-gateway");
        _ = IsWatched;
        // It is tried, and given up.
        var accesses = _host.Accesses;
        await GatewayHost.UntilAsync(() => Task.FromResult(accesses.Any(access => access.Path.Contains("watch=true", StringComparison.Ordinal)) && !IsWatched));
    }

    // Twenty names that nobody has asked for before.
    private async Task AssertUnknownAsync(string? caller)
    {
        var names = string.Join('&', Enumerable.Range(0, 20).Select(_ => $"project={Name()}"));
        var me = await (await AskAsync(caller, $"/me?{names}")).BodyAsync(HttpStatusCode.OK);
        Assert.All(me["projects"]!.AsArray(), project => Assert.Empty(project!["actions"]!.AsArray()));
    }

    private async Task AssertNotFoundAsync(string? caller) =>
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(caller, $"/projects/{Name()}/workloads")).StatusCode);

    private string Name() => $"nowhere-{Interlocked.Increment(ref _asked)}";

    private async Task<HttpResponseMessage> AskAsync(string? token, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await _host.Http.SendAsync(request);
    }

    private async Task LabelAsync(string project) => await _host.Cluster.CoreV1.PatchNamespaceAsync(
        new V1Patch($$$"""{"metadata": {"labels": {"runai/queue": "{{{project}}}"}}}""", V1Patch.PatchType.MergePatch), "runai-team-b");

    private async Task<string> TokenAsync(string account)
    {
        await _host.Cluster.CoreV1.CreateNamespacedServiceAccountAsync(new() { Metadata = new() { Name = account } }, "runai-team-a");
        var request = new Authenticationv1TokenRequest { Spec = new() { Audiences = ["workload-gateway"], ExpirationSeconds = 600 } };
        return (await _host.Cluster.CoreV1.CreateNamespacedServiceAccountTokenAsync(request, account, "runai-team-a")).Status.Token;
    }
}
