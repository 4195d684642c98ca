using System.Text;
using System.Text.Json.Nodes;
using Gateway.Api.Tests.Clusters;
using Gateway.Embedded.Faults;
using k8s;
using Xunit;

namespace Gateway.Api.Tests.Auditing;

/// <summary>Plants a secret wherever a caller can put one, names aside, which are public, and looks for it where it must not come.</summary>
public sealed class SecretTests
{
    private const string Secret = "hunter2-b7f3";

    private static readonly string[] Headers = ["Authorization", "Cookie", "X-Api-Key", "Idempotency-Key", "X-Forwarded-For", "User-Agent", "Referer", "traceparent", "baggage", "If-Match", "Accept-Language"];

    [Fact]
    public async Task Secret_InAnyHeaderFieldOrQuery_IsNeverLogged()
    {
        await using var gateway = await StartAsync();
        foreach (var header in Headers)
            await SendAsync(gateway, GatewayHost.Train("a").ToJsonString(), header: header);
        foreach (var field in (string[])["type", "image", "user", "command", "gpu", "unknown"])
        {
            var submission = GatewayHost.Train("b");
            submission[field] = field == "command" ? new JsonArray(Secret) : field == "image" ? $"example.org/{Secret}:{Secret}!" : Secret;
            await SendAsync(gateway, submission.ToJsonString());
        }
        await SendAsync(gateway, Secret);
        await SendAsync(gateway, "{}", query: $"?token={Secret}");
        await SendAsync(gateway, "{}", query: $"?dryRun={Secret}");

        Assert.NotEmpty(gateway.Log.Events);
        Assert.DoesNotContain(Secret, gateway.Log.Text, StringComparison.OrdinalIgnoreCase);
    }

    // What the cluster says of a broken call repeats what it was sent.
    [EmbeddedTheory("breaks calls on purpose")]
    [InlineData(FaultKind.InternalError)]
    [InlineData(FaultKind.DropBefore)]
    [InlineData(FaultKind.ExpiredToken)]
    public async Task Secret_InACallThatBreaks_IsNeverLoggedOrAnswered(FaultKind kind)
    {
        await using var gateway = await StartAsync();
        gateway.Faults.Add(new Fault { Kind = kind, Verb = "create", Resource = "jobs", Times = GatewayHost.Attempts });
        var submission = GatewayHost.Train("a");
        submission["command"] = new JsonArray(Secret);

        var answer = await SendAsync(gateway, submission.ToJsonString());

        Assert.DoesNotContain(Secret, answer, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, gateway.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Bearer ey", gateway.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_OfACaller_IsNeverAnswered()
    {
        await using var gateway = await StartAsync();
        foreach (var path in (string[])["/me", "/projects", "/projects/team-a/workloads", "/projects/team-a/workloads/none", "/nowhere"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Secret}");
            var response = await gateway.Http.SendAsync(request);
            Assert.DoesNotContain(Secret, response.Headers + await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task EnvironmentValue_OfAnObject_IsShownNowhere()
    {
        await using var gateway = await StartAsync();
        var job = KubernetesYaml.Deserialize<k8s.Models.V1Job>(
            $$"""
            metadata: {name: by-hand}
            spec:
              template:
                spec:
                  schedulerName: runai-scheduler
                  restartPolicy: Never
                  containers: [{name: main, image: busybox, env: [{name: PASSWORD, value: {{Secret}}}]}]
            """);
        await gateway.Cluster.BatchV1.CreateNamespacedJobAsync(job, gateway.Space);

        foreach (var path in (string[])["", "/by-hand", "/by-hand/manifest"])
        {
            var text = await gateway.Http.GetStringAsync(new Uri($"/projects/team-a/workloads{path}", UriKind.Relative));
            Assert.Contains("by-hand", text, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
        }
        Assert.Contains(Secret, await gateway.Http.GetStringAsync(new Uri("/projects/team-a/workloads/by-hand/manifest?values=true", UriKind.Relative)), StringComparison.Ordinal);
        Assert.True(SpinWait.SpinUntil(() => gateway.Log.Text.Contains("\"read values\" of \"by-hand\"", StringComparison.Ordinal), TimeSpan.FromMinutes(1)));
        Assert.DoesNotContain(Secret, gateway.Log.Text, StringComparison.Ordinal);
    }

    private static async Task<GatewayHost> StartAsync()
    {
        var gateway = new GatewayHost { Settings = new() { ["Serilog:MinimumLevel:Default"] = "Verbose" } };
        await gateway.InitializeAsync();
        return gateway;
    }

    private static async Task<string> SendAsync(GatewayHost gateway, string body, string? header = null, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/projects/team-a/workloads{query}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (header is not null)
            request.Headers.TryAddWithoutValidation(header, header == "Authorization" ? $"Bearer {Secret}" : Secret);
        return await (await gateway.Http.SendAsync(request)).Content.ReadAsStringAsync();
    }
}
