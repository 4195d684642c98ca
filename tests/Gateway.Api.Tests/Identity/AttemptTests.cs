using System.Net;
using System.Net.Http.Headers;
using Gateway.Api.Tests.Clusters;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gateway.Api.Tests.Identity;

/// <summary>What many tries, good and bad, cost the cluster, and how long its word holds.</summary>
public sealed class AttemptTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private GatewayHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = new()
        {
            Time = _time,
            Settings = new() { ["Authentication:Mode"] = "Kubernetes" },
        };
        await _host.InitializeAsync();
    }

    public Task DisposeAsync() => ((IAsyncLifetime)_host).DisposeAsync();

    ValueTask IAsyncDisposable.DisposeAsync() => _host.DisposeAsync();

    [EmbeddedFact("lets time go on, and counts calls")]
    public async Task Tokens_ThatAreMadeUp_CauseFewReviewsAndKeepNobodyOut()
    {
        var (known, unknown) = (await TokenAsync(), await TokenAsync());
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(known)).StatusCode);
        var before = Reviews;

        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => AskAsync($"made-up-{i}")));

        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests));
        // Five of one address may fail, and those four that were being looked at meanwhile.
        Assert.InRange(Reviews - before, 5, 9);
        var refused = await AskAsync("made-up");
        await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "TOO_MANY_REQUESTS");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(unknown)).StatusCode);
        _time.Advance(refused.Headers.RetryAfter!.Delta!.Value);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync("made-up")).StatusCode);
    }

    [EmbeddedFact("lets time go on, and counts calls")]
    public async Task Caller_WhoIsKnown_IsReviewedAgainAlthoughOthersFail()
    {
        var known = await TokenAsync();
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(known)).StatusCode);
        _time.Advance(TimeSpan.FromSeconds(11));
        foreach (var i in Enumerable.Range(0, 30))
            await AskAsync($"made-up-{i}");

        Assert.Equal(HttpStatusCode.TooManyRequests, (await AskAsync("made-up")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(known)).StatusCode);
    }

    // Tokens that were good once and are so no longer: each is looked at once more, and then like any other.
    [EmbeddedFact("lets time go on, and counts calls")]
    public async Task Tokens_OfAnAccountThatIsGone_AreRefusedAndLockNobodyOut()
    {
        var tokens = new List<string>();
        foreach (var _ in Enumerable.Range(0, 40))
            tokens.Add(await TokenAsync());
        Assert.All(await Task.WhenAll(tokens.Select(token => AskAsync(token))), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        await _host.Cluster.CoreV1.DeleteNamespacedServiceAccountAsync("robot", "runai-team-a");
        _time.Advance(TimeSpan.FromSeconds(11));

        Assert.All(await Task.WhenAll(tokens.Select(token => AskAsync(token))), answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(await TokenAsync())).StatusCode);
    }

    [EmbeddedFact("lets time go on, and counts calls")]
    public async Task Token_UsedByManyAtOnce_IsReviewedOnce()
    {
        var token = await TokenAsync();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => AskAsync(token)));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => AskAsync("made-up")));

        Assert.Equal(2, Reviews);
    }

    [EmbeddedFact("lets time go on, and counts calls")]
    public async Task Token_OfAnAccountThatIsGone_IsRefusedSoon()
    {
        var token = await TokenAsync();
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(token)).StatusCode);

        await _host.Cluster.CoreV1.DeleteNamespacedServiceAccountAsync("robot", "runai-team-a");
        _time.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(token)).StatusCode);
    }

    [EmbeddedFact("lets time go on, and counts calls")]
    public async Task Right_ThatIsRevoked_IsRefusedWithinThirtySeconds()
    {
        var token = await TokenAsync();
        await GrantAsync();
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(token, "/projects/team-a/workloads")).StatusCode);

        await _host.Cluster.RbacAuthorizationV1.DeleteNamespacedRoleBindingAsync("robot", "runai-team-a");
        _time.Advance(TimeSpan.FromSeconds(29));

        await (await AskAsync(token, "/projects/team-a/workloads")).ProblemAsync(HttpStatusCode.NotFound, "PROJECT_NOT_FOUND");
    }

    [EmbeddedFact("lets time go on, and counts calls")]
    public async Task Right_ThatIsGranted_HoldsAtOnceOrSoon()
    {
        var token = await TokenAsync();
        await (await AskAsync(token, "/projects/team-a/workloads")).ProblemAsync(HttpStatusCode.NotFound, "PROJECT_NOT_FOUND");

        await GrantAsync();
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(token, "/projects/team-a/workloads")).StatusCode);
    }

    [EmbeddedFact("lets time go on, and counts calls")]
    public async Task Token_AtItsEnd_IsNotTakenFromMemory()
    {
        var token = await TokenAsync();
        _time.Advance(TimeSpan.FromSeconds(595));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(token)).StatusCode);

        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(token)).StatusCode);
    }

    private int Reviews => _host.Accesses.Count(access => access.Path.Contains("tokenreviews", StringComparison.Ordinal));

    private async Task<HttpResponseMessage> AskAsync(string token, string path = "/me")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await _host.Http.SendAsync(request);
    }

    private async Task<string> TokenAsync()
    {
        if ((await _host.Cluster.CoreV1.ListNamespacedServiceAccountAsync("runai-team-a")).Items.All(account => account.Metadata.Name != "robot"))
            await _host.Cluster.CoreV1.CreateNamespacedServiceAccountAsync(new() { Metadata = new() { Name = "robot" } }, "runai-team-a");
        var request = new Authenticationv1TokenRequest { Spec = new() { Audiences = ["workload-gateway"], ExpirationSeconds = 600 } };
        return (await _host.Cluster.CoreV1.CreateNamespacedServiceAccountTokenAsync(request, "robot", "runai-team-a")).Status.Token;
    }

    private Task<V1RoleBinding> GrantAsync() => _host.Cluster.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(
        new()
        {
            Metadata = new() { Name = "robot" },
            Subjects = [new() { Kind = "ServiceAccount", Name = "robot", NamespaceProperty = "runai-team-a" }],
            RoleRef = new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "ClusterRole", Name = "workload-gateway-submitter" },
        },
        "runai-team-a");
}
