using System.Text;
using System.Text.Json.Nodes;
using Gateway.Embedded;
using Gateway.Embedded.Faults;
using Gateway.Embedded.Hosting;
using k8s;
using k8s.Models;
using Xunit;

namespace Gateway.Api.Tests.Faults;

/// <summary>Gateways with settings of their own on one cluster, which fails where it is told to.</summary>
public abstract class GatewaysOnOneCluster : IAsyncLifetime
{
    protected const string Space = "runai-team-a";

    private readonly string _kubeconfig = Path.Combine(Path.GetTempPath(), $"gateways-{Guid.NewGuid():N}.yaml");
    private readonly List<GatewayProcess> _started = [];
    private EmbeddedCluster _cluster = null!;

    protected HttpClient Http { get; } = new() { Timeout = TimeSpan.FromMinutes(1) };

    /// <summary>The cluster behind the gateways' backs.</summary>
    protected Kubernetes Admin { get; private set; } = null!;

    /// <summary>What is to go wrong in the cluster.</summary>
    protected FaultPlan Faults => _cluster.Faults;

    public async Task InitializeAsync()
    {
        _cluster = await EmbeddedCluster.StartAsync(new() { MakesPods = false });
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

    protected void Fault(FaultKind kind, string verb, string resource, int? times, double seconds = 0) =>
        Faults.Add(new Fault { Kind = kind, Verb = verb, Resource = resource, Times = times, Seconds = seconds, RetryAfterSeconds = 0 });

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
