using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Api.Cluster;
using Gateway.Api.Tests.Clusters;
using Gateway.Api.Tests.Identity;
using Gateway.Embedded;
using Gateway.Embedded.Faults;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;
using Xunit;

namespace Gateway.Api.Tests;

/// <summary>The whole gateway on a port of its own, on an embedded cluster of its own, or in projects of its own on a real one.</summary>
public sealed class GatewayHost : WebApplicationFactory<Program>, IAsyncLifetime
{
    private TestProjects? _real;

    /// <summary>A submission that is valid as it is.</summary>
    public static JsonObject Train(string name) => new() { ["type"] = "train", ["name"] = name, ["image"] = "gcr.io/run-ai-demo/quickstart", ["user"] = "jane", ["gpu"] = new JsonObject { ["count"] = 1 } };

    /// <summary>A submission that is valid as it is.</summary>
    public static JsonObject Build(string name)
    {
        var submission = Train(name);
        submission["type"] = "build";
        return submission;
    }

    /// <summary>How often the gateway sends a call that fails in passing, before its caller is told.</summary>
    public const int Attempts = 4;

    /// <summary>Settings beside those of every test, set before it starts.</summary>
    public Dictionary<string, string> Settings { get; init; } = [];

    /// <summary>The clock of the gateway and of its cluster.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What the embedded cluster is made of.</summary>
    public EmbeddedClusterOptions Embedded { get; init; } = new();

    /// <summary>Whether the test itself acts as the gateway's account, so that its calls are not the gateway's alone.</summary>
    public bool TestActsAsGateway { get; init; }

    /// <summary>Every request that the cluster got: who, the method, and the path.</summary>
    public ConcurrentQueue<(string User, string Method, string Path)> Accesses { get; } = new();

    /// <summary>The calls among them that the gateway made.</summary>
    internal MadeCalls Calls { get; } = new();

    /// <summary>Every event that was logged.</summary>
    public LogSink Log { get; } = new();

    public HttpClient Http { get; private set; } = null!;

    /// <summary>The cluster behind the gateway's back.</summary>
    public IKubernetes Cluster { get; private set; } = null!;

    /// <summary>The namespace of the project team-a.</summary>
    public string Space => SpaceOf("team-a");

    /// <summary>A token of somebody who may do everything in the projects.</summary>
    public string AdminToken => _real?.AdminToken ?? "admin-token";

    /// <summary>The namespace of a project.</summary>
    public string SpaceOf(string project) => _real?.SpaceOf(project) ?? $"runai-{project}";

    /// <summary>What is to go wrong in the cluster.</summary>
    public FaultPlan Faults => Services.GetRequiredService<EmbeddedClusterService>().Cluster.Faults;

    /// <summary>Waits until the embedded cluster has done what there was to do at this time.</summary>
    public Task SettledAsync() => Services.GetRequiredService<EmbeddedClusterService>().Cluster.SettledAsync();

    public async Task InitializeAsync()
    {
        if (RealCluster.IsMeant)
            await (_real = new(await RealCluster.SharedAsync())).MakeAsync();
        UseKestrel();
        StartServer();
        Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, Expect100ContinueTimeout = TimeSpan.FromMinutes(1) }) { BaseAddress = ClientOptions.BaseAddress };
        Http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        Cluster = _real is null ? new Kubernetes(Services.GetRequiredService<EmbeddedClusterService>().Administration) : (await RealCluster.SharedAsync()).Administrator;
    }

    public async Task<HttpResponseMessage> SubmitAsync(JsonNode submission, string project = "team-a", string? key = null, string query = "") =>
        await SubmitTextAsync(submission.ToJsonString(), project, key, query);

    public async Task<HttpResponseMessage> SubmitTextAsync(string body, string project = "team-a", string? key = null, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/projects/{project}/workloads{query}")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
            Version = Http.DefaultRequestVersion,
            VersionPolicy = Http.DefaultVersionPolicy,
        };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await Http.SendAsync(request);
    }

    /// <summary>Has the cluster take no more than so many objects of a kind in the namespace.</summary>
    public Task LimitAsync(string space, string resource, int count) => Cluster.CoreV1.CreateNamespacedResourceQuotaAsync(
        new() { Metadata = new() { Name = resource }, Spec = new() { Hard = new Dictionary<string, ResourceQuantity> { [$"count/{resource}"] = new($"{count}") } } }, space);

    public async Task<JsonObject> GetAsync(string path) => (await Http.GetFromJsonAsync<JsonObject>(path))!;

    /// <summary>Waits until the workload is in the phase; the cluster's own events decide when, a minute is the end.</summary>
    public async Task UntilAsync(string name, string phase) =>
        await UntilAsync(async () => (string?)(await GetAsync($"/projects/team-a/workloads/{name}"))["phase"] == phase);

    /// <summary>Waits until the workload is gone.</summary>
    public async Task UntilGoneAsync(string name) =>
        await UntilAsync(async () => (await Http.GetAsync($"/projects/team-a/workloads/{name}")).StatusCode == System.Net.HttpStatusCode.NotFound);

    /// <summary>Waits until it is so; the machine's own clock is only how long one is ready to wait for what never comes.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await holds())
            await Task.Delay(50, end.Token);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public override async ValueTask DisposeAsync()
    {
        if (!RealCluster.IsMeant)
            Cluster?.Dispose();
        Http?.Dispose();
        await base.DisposeAsync();
        if (Interlocked.Exchange(ref _real, null) is { } projects)
            await projects.RemoveAsync();
        if (!TestActsAsGateway)
            Calls.AssertListed();
    }

    private void Note(ClusterAccess access)
    {
        Accesses.Enqueue((access.User, access.Method, access.Path));
        Calls.Note(access);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Management:Port", "0").UseSetting("urls", "http://127.0.0.1:0").UseSetting("Serilog:MinimumLevel:Default", "Fatal").UseSetting("Server:LeaveAfter", "00:00:00")
            // A clock that a test drives runs ahead of what goes over the network, and a busy machine takes its time.
            .UseSetting("Cluster:CallTimeout", "1.00:00:00").UseSetting("Cluster:ConnectTimeout", "00:01:00");
        foreach (var (name, value) in (_real?.Settings ?? []).Concat(Settings))
            builder.UseSetting(name, value);
        builder.ConfigureServices(services => services.AddSingleton(Time).AddSingleton(Embedded with { AccessLog = Note }).AddSingleton<ILogEventSink>(Log));
    }
}
