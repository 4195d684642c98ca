using System.Text;
using System.Text.Json.Nodes;
using Gateway.Api.Tests.Identity;
using Gateway.Embedded;
using Gateway.Embedded.Faults;
using Gateway.Embedded.Hosting;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Api.Tests.Faults;

/// <summary>Gateways with settings of their own on one cluster, which fails where it is told to.</summary>
public abstract class GatewaysOnOneCluster : IAsyncLifetime
{
    protected const string Space = "runai-team-a";

    // Longer than anything in the cluster takes, shorter than its tokens live.
    private static readonly TimeSpan Held = TimeSpan.FromMinutes(20);

    private readonly string _kubeconfig = Path.Combine(Path.GetTempPath(), $"gateways-{Guid.NewGuid():N}.yaml");
    private readonly List<GatewayProcess> _started = [];
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly MadeCalls _calls = new();
    private EmbeddedCluster _cluster = null!;

    protected HttpClient Http { get; } = new() { Timeout = TimeSpan.FromMinutes(1) };

    /// <summary>The cluster behind the gateways' backs.</summary>
    protected Kubernetes Admin { get; private set; } = null!;

    /// <summary>What is to go wrong in the cluster.</summary>
    protected FaultPlan Faults => _cluster.Faults;

    public async Task InitializeAsync()
    {
        _cluster = await EmbeddedCluster.StartAsync(new() { MakesPods = false, TimeProvider = _time, AccessLog = _calls.Note });
        Admin = new(new KubernetesClientConfiguration { Host = _cluster.Address.ToString(), AccessToken = _cluster.AdminToken });
        var request = new Authenticationv1TokenRequest { Spec = new() { Audiences = [], ExpirationSeconds = 24 * 3600 } };
        var granted = await Admin.CoreV1.CreateNamespacedServiceAccountTokenAsync(request, "workload-gateway", "workload-gateway");
        await File.WriteAllTextAsync(_kubeconfig, Kubeconfig.For(_cluster.Address, granted.Status.Token));
    }

    public async Task DisposeAsync()
    {
        _started.ForEach(gateway => gateway.Dispose());
        Http.Dispose();
        Admin.Dispose();
        await _cluster.DisposeAsync();
        File.Delete(_kubeconfig);
        _calls.AssertListed();
    }

    protected async Task<Uri> StartAsync(params string[] settings)
    {
        var gateway = new GatewayProcess(_kubeconfig, settings);
        _started.Add(gateway);
        await gateway.StartAsync();
        return gateway.Address;
    }

    protected async Task<(int Status, JsonObject Body)> SubmitAsync(Uri gateway, JsonObject submission, string? key, string path = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway, $"/projects/team-a/workloads{path}")) { Content = new StringContent(submission.ToJsonString(), Encoding.UTF8, "application/json") };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var response = await Http.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
    }

    /// <summary>Has so many calls fail; all of them where it does not say how many.</summary>
    protected void Fault(FaultKind kind, string verb, string resource, int? times) =>
        Faults.Add(new Fault { Kind = kind, Verb = verb, Resource = resource, Times = times, RetryAfterSeconds = 0 });

    /// <summary>Has the cluster keep the next such call, after those that are to fail, until it is released.</summary>
    protected void Hold(string verb, string resource) =>
        Faults.Add(new Fault { Kind = FaultKind.Delay, Verb = verb, Resource = resource, Times = 1, Seconds = Held.TotalSeconds });

    /// <summary>Waits until the call that is to be kept is kept.</summary>
    protected Task UntilHeldAsync() => UntilAsync(() => Faults.Holds && Faults.Faults.Count == 0);

    /// <summary>Lets the cluster carry out what it kept.</summary>
    protected void Release() => _time.Advance(Held);

    /// <summary>Lets the cluster's own time go on until nothing of a workload is left.</summary>
    protected Task UntilGoneAsync(string name) => GatewayHost.UntilAsync(async () =>
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        await _cluster.SettledAsync();
        return !await ExistsAsync(name) && (await Admin.CoreV1.ListNamespacedServiceAsync(Space)).Items.Count == 0;
    });

    protected Task LimitAsync(string resource, int count) => Admin.CoreV1.CreateNamespacedResourceQuotaAsync(
        new() { Metadata = new() { Name = resource }, Spec = new() { Hard = new Dictionary<string, ResourceQuantity> { [$"count/{resource}"] = new($"{count}") } } }, Space);

    protected async Task<bool> ExistsAsync(string name) =>
        (await Admin.BatchV1.ListNamespacedJobAsync(Space)).Items.Any(one => one.Metadata.Name == name) || (await Admin.AppsV1.ListNamespacedStatefulSetAsync(Space)).Items.Any(one => one.Metadata.Name == name);

    protected static Task UntilAsync(Func<bool> holds) => GatewayHost.UntilAsync(() => Task.FromResult(holds()));

    protected static JsonObject Exposed(string name)
    {
        var submission = GatewayHost.Build(name);
        submission["ports"] = new JsonArray(new JsonObject { ["port"] = 8888, ["name"] = "http" });
        submission["expose"] = "ClusterIP";
        return submission;
    }

    protected static JsonObject WithClaim(JsonObject submission)
    {
        submission["volumes"] = JsonNode.Parse("""[{"mountPath": "/results", "newClaim": {"name": "results", "size": "1Gi"}}]""");
        return submission;
    }
}
