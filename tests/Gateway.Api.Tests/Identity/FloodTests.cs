using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Gateway.Api.Tests.Clusters;
using Gateway.Embedded.Faults;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Gateway.Api.Tests.Identity;

/// <summary>Whoever has a good token gets in, whatever others send, and the cluster is not asked about all of that.</summary>
public sealed class FloodTests : IAsyncLifetime, IAsyncDisposable
{
    private const int PerSecond = 20;

    // Reviews under way when a share is spent.
    private const int UnderWay = 8;

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private GatewayHost _host = null!;
    private int _made;

    public async Task InitializeAsync()
    {
        _host = new()
        {
            Time = _time,
            Settings = new()
            {
                ["Authentication:Mode"] = "Kubernetes",
                ["Authentication:FailedReviewsPerSecond"] = $"{PerSecond}",
                ["Server:TrustedProxies:0"] = "127.0.0.1",
            },
        };
        await _host.InitializeAsync();
        await MakeAccountAsync("robot");
    }

    public Task DisposeAsync() => ((IAsyncLifetime)_host).DisposeAsync();

    ValueTask IAsyncDisposable.DisposeAsync() => _host.DisposeAsync();

    public static TheoryData<int, string> Floods()
    {
        var rows = new TheoryData<int, string>();
        foreach (var perSecond in (int[])[10, 100, 1000])
        {
            foreach (var kind in (string[])["texts", "made-up accounts", "the same account", "copies of a good token"])
                rows.Add(perSecond, kind);
        }
        return rows;
    }

    [EmbeddedTheory("lets time go on, and counts calls")]
    [MemberData(nameof(Floods))]
    public async Task Token_ThatIsFresh_IsLetInAmidAFlood(int perSecond, string kind)
    {
        var copied = await TokenAsync();
        for (var second = 1; second <= 3; second++)
        {
            var before = Reviews;
            var flood = Enumerable.Range(0, perSecond).Select(_ => AskAsync(Bad(kind, copied))).ToList();
            var fresh = await TokenAsync();

            Assert.Equal(HttpStatusCode.OK, (await AskAsync(fresh)).StatusCode);
            Assert.All(await Task.WhenAll(flood), AssertRefused);
            Assert.InRange(Reviews - before, 1, 1 + (kind == "copies of a good token" ? 0 : PerSecond));
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [EmbeddedFact("lets time go on, and counts calls")]
    public async Task Tokens_FromManyAddresses_CauseFewReviewsTogether()
    {
        for (var second = 1; second <= 5; second++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => AskAsync(Bad("texts", ""), $"10.0.0.{i % 100}")));
            Assert.All(answers, AssertRefused);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        // Half of them is left to those that claim a name; what was under way at first is made up for.
        Assert.InRange(Reviews, PerSecond / 2, (5 * PerSecond / 2) + UnderWay);
    }

    [EmbeddedFact("takes away from accounts what reads the keys, and counts calls")]
    public async Task Token_WhereTheKeysCannotBeRead_IsLetInByTheNameOfItsAccount()
    {
        await _host.Cluster.RbacAuthorizationV1.DeleteClusterRoleBindingAsync("system:service-account-issuer-discovery");
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(await TokenAsync(), "10.0.0.1")).StatusCode);
        var copied = await TokenAsync();
        for (var second = 1; second <= 3; second++)
        {
            var before = Reviews;
            var flood = Enumerable.Range(0, 200).Select(i => AskAsync(Bad(i % 2 == 0 ? "texts" : "made-up accounts", copied), "10.0.0.1"))
                .Concat(Enumerable.Range(0, 200).Select(_ => AskAsync(Bad("copies of a good token", copied), "10.0.0.2"))).ToList();

            Assert.Equal(HttpStatusCode.OK, (await AskAsync(await TokenAsync(), "10.0.0.1")).StatusCode);
            await Task.WhenAll(flood);
            Assert.InRange(Reviews - before, 1, 1 + PerSecond);
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [EmbeddedFact("lets calls hang")]
    public async Task Token_ThatTheClusterMade_WaitsForNoReviewOfOthers()
    {
        var fresh = await TokenAsync();
        // The first reviews take as long as it takes: there is room for no more of strangers.
        _host.Faults.Add(new() { Kind = FaultKind.StallAfter, Resource = "tokenreviews", Times = UnderWay });
        using var end = new CancellationTokenSource();
        var flood = Enumerable.Range(0, 100).Select(i => AskAsync(Bad("texts", ""), $"10.0.0.{i % 10}", end.Token)).ToList();
        await GatewayHost.UntilAsync(() => Task.FromResult(Reviews == UnderWay));

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(fresh)).StatusCode);

        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(flood));
    }

    [EmbeddedFact("lets time go on, and counts calls")]
    public async Task Tokens_OfAnAccountThatIsGone_HoldUpNoOther()
    {
        var tokens = new List<string>();
        foreach (var _ in Enumerable.Range(0, 40))
            tokens.Add(await TokenAsync());
        await MakeAccountAsync("other");
        await _host.Cluster.CoreV1.DeleteNamespacedServiceAccountAsync("robot", "runai-team-a");

        var answers = await Task.WhenAll(tokens.Select(token => AskAsync(token)));

        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.Unauthorized);
        Assert.InRange(Reviews, 1, PerSecond / 4 + UnderWay);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(await TokenAsync("other"))).StatusCode);
    }

    [EmbeddedFact("lets time go on, and counts calls")]
    public async Task Tokens_OfOneAccountThatAreAllFresh_AreAllLetIn()
    {
        var tokens = new List<string>();
        foreach (var _ in Enumerable.Range(0, 100))
            tokens.Add(await TokenAsync());

        Assert.All(await Task.WhenAll(tokens.Select(token => AskAsync(token))), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    private static void AssertRefused(HttpResponseMessage answer)
    {
        Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests, $"{answer.StatusCode}");
        Assert.Equal(answer.StatusCode == HttpStatusCode.TooManyRequests, answer.Headers.RetryAfter is not null);
    }

    private int Reviews => _host.Accesses.Count(access => access.Path.Contains("tokenreviews", StringComparison.Ordinal));

    // None is like another.
    private string Bad(string kind, string copied)
    {
        var number = Interlocked.Increment(ref _made);
        return kind switch
        {
            "texts" => $"made-up-{number}",
            "made-up accounts" => Jwt($"key-{number}", $"system:serviceaccount:runai-team-a:robot-{number}", number),
            "the same account" => Jwt("key", "system:serviceaccount:runai-team-a:robot", number),
            _ => $"{copied[..copied.LastIndexOf('.')]}.{Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(64))}",
        };
    }

    private string Jwt(string key, string account, int number)
    {
        var header = new JsonObject { ["alg"] = "ES256", ["kid"] = key };
        var claims = new JsonObject
        {
            ["iss"] = "https://kubernetes.default.svc",
            ["aud"] = new JsonArray("workload-gateway"),
            ["sub"] = account,
            ["jti"] = $"{number}",
            ["exp"] = _time.GetUtcNow().ToUnixTimeSeconds() + 600,
        };
        var content = $"{Base64UrlEncoder.Encode(header.ToJsonString())}.{Base64UrlEncoder.Encode(claims.ToJsonString())}";
        return $"{content}.{Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(64))}";
    }

    private async Task<HttpResponseMessage> AskAsync(string token, string address = "10.0.0.1", CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/me");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("X-Forwarded-For", address);
        return await _host.Http.SendAsync(request, cancellationToken);
    }

    private Task<V1ServiceAccount> MakeAccountAsync(string name) =>
        _host.Cluster.CoreV1.CreateNamespacedServiceAccountAsync(new() { Metadata = new() { Name = name } }, "runai-team-a");

    private async Task<string> TokenAsync(string account = "robot")
    {
        var request = new Authenticationv1TokenRequest { Spec = new() { Audiences = ["workload-gateway"], ExpirationSeconds = 600 } };
        return (await _host.Cluster.CoreV1.CreateNamespacedServiceAccountTokenAsync(request, account, "runai-team-a")).Status.Token;
    }
}
