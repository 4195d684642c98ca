using System.Net;
using Gateway.Api.Cluster;
using Gateway.Api.Cluster.Connection;
using Gateway.Api.Tests.Clusters;
using Gateway.Embedded;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Api.Tests.Identity;

/// <summary>As whom the gateway acts.</summary>
public sealed class AccountTests
{
    private const string Space = "runai-team-a";
    private const string Account = "workload-gateway";

    [EmbeddedFact("a test has no account of its own elsewhere")]
    public async Task OwnAccount_OnAnyWorkload_IsRefused()
    {
        await using var host = await StartAsync(new() { TestActsAsGateway = true });
        using var own = new Kubernetes(host.Services.GetRequiredService<EmbeddedClusterService>().Configuration);

        Assert.NotEmpty((await own.CoreV1.ListNamespaceAsync()).Items);
        await AssertForbiddenAsync(() => own.BatchV1.ListNamespacedJobAsync(Space));
        await AssertForbiddenAsync(() => own.BatchV1.ReadNamespacedJobAsync("a", Space));
        await AssertForbiddenAsync(() => own.BatchV1.CreateNamespacedJobAsync(new() { Metadata = new() { Name = "a" } }, Space));
        await AssertForbiddenAsync(() => own.BatchV1.DeleteNamespacedJobAsync("a", Space));
        await AssertForbiddenAsync(() => own.BatchV1.PatchNamespacedJobAsync(new V1Patch("{}", V1Patch.PatchType.MergePatch), "a", Space));
        await AssertForbiddenAsync(() => own.AppsV1.ListNamespacedStatefulSetAsync(Space));
        await AssertForbiddenAsync(() => own.AppsV1.ReadNamespacedStatefulSetAsync("a", Space));
        await AssertForbiddenAsync(() => own.AppsV1.CreateNamespacedStatefulSetAsync(new() { Metadata = new() { Name = "a" } }, Space));
        await AssertForbiddenAsync(() => own.AppsV1.DeleteNamespacedStatefulSetAsync("a", Space));
        await AssertForbiddenAsync(() => own.AppsV1.PatchNamespacedStatefulSetAsync(new V1Patch("{}", V1Patch.PatchType.MergePatch), "a", Space));
        await AssertForbiddenAsync(() => own.CoreV1.ListNamespacedPodAsync(Space));
        await AssertForbiddenAsync(() => own.CoreV1.ListNamespacedSecretAsync(Space));
        await AssertForbiddenAsync(() => own.CoreV1.CreateNamespacedServiceAccountTokenAsync(new() { Spec = new() { Audiences = [] } }, "default", Space));
    }

    [EmbeddedFact("lets time go on")]
    public async Task Project_WhoseAccountIsGone_FailsAloneAndRecovers()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await StartAsync(new() { Time = time, Settings = new() { ["Live:Projects"] = "0" } });
        (await host.SubmitAsync(GatewayHost.Train("before"))).EnsureSuccessStatusCode();

        await host.Cluster.CoreV1.DeleteNamespacedServiceAccountAsync(Account, Space);
        time.Advance(TimeSpan.FromSeconds(2));
        var problem = await (await host.SubmitAsync(GatewayHost.Train("without"))).ProblemAsync(HttpStatusCode.ServiceUnavailable, "PROJECT_NOT_SET_UP");
        Assert.Contains($"kubectl create serviceaccount {Account} -n {Space}", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Equal("none", (string?)problem["outcome"]);
        await (await host.Http.GetAsync("/projects/team-a/workloads/before")).ProblemAsync(HttpStatusCode.ServiceUnavailable, "PROJECT_NOT_SET_UP");
        await (await host.Http.GetAsync("/projects/team-a/workloads")).ProblemAsync(HttpStatusCode.ServiceUnavailable, "PROJECT_NOT_SET_UP");
        await (await host.Http.DeleteAsync("/projects/team-a/workloads/before")).ProblemAsync(HttpStatusCode.ServiceUnavailable, "PROJECT_NOT_SET_UP");
        (await host.SubmitAsync(GatewayHost.Train("neighbour"), "team-b")).EnsureSuccessStatusCode();

        await host.Cluster.CoreV1.CreateNamespacedServiceAccountAsync(new() { Metadata = new() { Name = Account } }, Space);
        time.Advance(TimeSpan.FromSeconds(2));
        (await host.SubmitAsync(GatewayHost.Train("after"))).EnsureSuccessStatusCode();
    }

    [EmbeddedFact("a revocation counts at once")]
    public async Task Project_WhoseAccountMayNothing_SaysWhatIsMissing()
    {
        await using var host = await StartAsync(new());
        await host.Cluster.RbacAuthorizationV1.DeleteNamespacedRoleBindingAsync(Account, Space);

        var response = await host.SubmitAsync(GatewayHost.Train("without"));

        var problem = await response.ProblemAsync(HttpStatusCode.ServiceUnavailable, "PROJECT_NOT_SET_UP");
        Assert.Contains("may not get jobs", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Contains($"kubectl create rolebinding {Account} -n {Space} --clusterrole=workload-gateway-project --serviceaccount={Space}:{Account}", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [EmbeddedFact("a test has no account of its own elsewhere")]
    public async Task Gateway_WithoutItsOwnRights_BlamesNoProject()
    {
        await using var host = await StartAsync(new());
        await host.Cluster.RbacAuthorizationV1.DeleteClusterRoleBindingAsync(Account);

        await (await host.SubmitAsync(GatewayHost.Train("without"))).ProblemAsync(HttpStatusCode.BadGateway, "CLUSTER_ERROR");
    }

    // Ten-minute tokens over two of their lives, with requests under way whenever one is renewed.
    [EmbeddedFact("lets time go on")]
    public async Task Tokens_ExpiringUnderLoad_AreNoticedByNobody()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var projects = Enumerable.Range(0, 10).Select(i => $"team-{i}").ToArray();
        await using var host = await StartAsync(new()
        {
            Time = time,
            Settings = new() { ["Projects:TokenLifetime"] = "00:10:00", ["RateLimits:Caller:PerSecond"] = "0" },
            Embedded = new EmbeddedClusterOptions { Projects = projects, MakesPods = false },
        });

        for (var second = 0; second < 20 * 60; second += 20)
        {
            var requests = Enumerable.Range(0, 20).Select(caller => host.Http.GetAsync($"/projects/{projects[caller % 10]}/workloads")).ToList();
            time.Advance(TimeSpan.FromSeconds(20));
            Assert.All(await Task.WhenAll(requests), response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        }
    }

    [Fact]
    public async Task Token_AskedForByMany_IsGrantedOnceAndRenewedInTime()
    {
        var (time, asked) = (new FakeTimeProvider(), 0);
        var token = new ProjectToken(() => Task.FromResult(new GrantedToken($"{++asked}", time.GetUtcNow(), time.GetUtcNow().AddMinutes(10))), time);

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => token.GetAsync(default).AsTask())), text => Assert.Equal("1", text));
        time.Advance(TimeSpan.FromMinutes(7.9));
        Assert.Equal("1", await token.GetAsync(default));
        time.Advance(TimeSpan.FromMinutes(0.2));
        // The old one still serves while the new one is asked for.
        Assert.Equal("1", await token.GetAsync(default));
        while (await token.GetAsync(default) == "1")
            await Task.Yield();
        Assert.Equal("2", await token.GetAsync(default));
    }

    [Fact]
    public async Task Token_ThatIsRefused_IsReplacedOnceAndNotAtOnceAgain()
    {
        var (time, asked) = (new FakeTimeProvider(), 0);
        var token = new ProjectToken(() => Task.FromResult(new GrantedToken($"{++asked}", time.GetUtcNow(), time.GetUtcNow().AddMinutes(10))), time);
        Assert.Equal("1", await token.GetAsync(default));
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(token.Reject("1"));
        Assert.Equal("2", await token.GetAsync(default));
        // Another request that used the old one as well does not cost the new one.
        Assert.True(token.Reject("1"));
        Assert.Equal("2", await token.GetAsync(default));
        Assert.False(token.Reject("2"));
    }

    [Fact]
    public async Task Token_ThatIsNotGranted_IsAskedForAgainAfterASecond()
    {
        var (time, asked) = (new FakeTimeProvider(), 0);
        var token = new ProjectToken(
            () => ++asked == 1 ? Task.FromException<GrantedToken>(new ClusterException("no")) : Task.FromResult(new GrantedToken("good", time.GetUtcNow(), time.GetUtcNow().AddHours(1))), time);

        await Assert.ThrowsAsync<ClusterException>(() => token.GetAsync(default).AsTask());
        await Assert.ThrowsAsync<ClusterException>(() => token.GetAsync(default).AsTask());
        Assert.Equal(1, asked);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("good", await token.GetAsync(default));
    }

    private static async Task<GatewayHost> StartAsync(GatewayHost host)
    {
        await host.InitializeAsync();
        return host;
    }

    private static async Task AssertForbiddenAsync(Func<Task> call) =>
        Assert.Equal(HttpStatusCode.Forbidden, (await Assert.ThrowsAsync<HttpOperationException>(call)).Response.StatusCode);
}
