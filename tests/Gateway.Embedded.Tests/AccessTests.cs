using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using static Gateway.Embedded.Tests.Manifests;

namespace Gateway.Embedded.Tests;

public sealed class AccessTests
{
    private const string Token = "/api/v1/namespaces/runai-team-a/serviceaccounts/workload-gateway/token";

    [Fact]
    public async Task Token_OfAProjectsAccount_ReachesItsProjectAndNoOther()
    {
        await using var client = await ClusterClient.StartAsync();
        var token = await IssueAsync(client);
        Assert.Equal(201, (await client.SendAsync("POST", Jobs, Job("train-1"), token: token)).Status);
        Assert.Equal(403, (await client.SendAsync("POST", "/apis/batch/v1/namespaces/runai-team-b/jobs", Job("train-1"), token: token)).Status);
        Assert.Equal(403, (await client.SendAsync("GET", "/api/v1/namespaces/runai-team-a/secrets", token: token)).Status);
        Assert.Equal(403, (await client.SendAsync("GET", "/api/v1/namespaces", token: token)).Status);
    }

    [Fact]
    public async Task Token_PastItsEnd_IsRefused()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(50));
        await using var client = await ClusterClient.StartAsync(new EmbeddedClusterOptions { TimeProvider = time });
        var token = await IssueAsync(client);
        time.Advance(TimeSpan.FromSeconds(599));
        Assert.Equal(200, (await client.SendAsync("GET", Jobs, token: token)).Status);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(401, (await client.SendAsync("GET", Jobs, token: token)).Status);
    }

    [Fact]
    public async Task Token_OfAnAccountMadeAnew_IsRefused()
    {
        await using var client = await ClusterClient.StartAsync();
        var token = await IssueAsync(client);
        await client.DeleteAsync("/api/v1/namespaces/runai-team-a/serviceaccounts/workload-gateway");
        await client.PostAsync("/api/v1/namespaces/runai-team-a/serviceaccounts", Parse("""{"metadata":{"name":"workload-gateway"}}"""));
        Assert.Equal(401, (await client.SendAsync("GET", Jobs, token: token)).Status);
    }

    [Fact]
    public async Task Rights_ChangeWithTheirRole()
    {
        await using var client = await ClusterClient.StartAsync();
        var token = await IssueAsync(client);
        Assert.Equal(200, (await client.SendAsync("GET", Jobs, token: token)).Status);
        await client.PatchAsync("/apis/rbac.authorization.k8s.io/v1/clusterroles/workload-gateway-project", Parse("""{"rules":[]}"""));
        Assert.Equal(403, (await client.SendAsync("GET", Jobs, token: token)).Status);
    }

    [Theory]
    [InlineData("""{"verb":"create","group":"batch","resource":"jobs","namespace":"runai-team-a"}""", true)]
    [InlineData("""{"verb":"patch","group":"apps","resource":"statefulsets","namespace":"runai-team-a"}""", true)]
    [InlineData("""{"verb":"create","group":"batch","resource":"jobs","namespace":"runai-team-b"}""", false)]
    [InlineData("""{"verb":"create","resource":"serviceaccounts","subresource":"token","namespace":"runai-team-a"}""", false)]
    public async Task Review_OfOnesOwnRights_SaysWhatWouldBeAnswered(string attributes, bool allowed)
    {
        await using var client = await ClusterClient.StartAsync();
        var review = new JsonObject { ["spec"] = new JsonObject { ["resourceAttributes"] = Parse(attributes) } };
        var answer = await client.SendAsync("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review, token: await IssueAsync(client));
        Assert.Equal((201, allowed ? "true" : "false"), (answer.Status, answer.At("status/allowed")));
    }

    [Fact]
    public async Task Token_IsSignedByTheKeyThatEveryAccountMayRead()
    {
        await using var client = await ClusterClient.StartAsync();
        var token = await IssueAsync(client);
        var shown = await client.SendAsync("GET", "/openid/v1/jwks", token: token);
        Assert.Equal((200, "ES256"), (shown.Status, shown.At("keys/0/alg")));
        Assert.Equal(403, (await client.SendTextAsync("GET", "/openid/v1/jwks", null, "application/json", token: "")).Status);

        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(shown.At("keys/0/x")), Y = Base64Url.DecodeFromChars(shown.At("keys/0/y")) },
        });
        var end = token.LastIndexOf('.');
        Assert.Contains($"\"kid\":\"{shown.At("keys/0/kid")}\"", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.Split('.')[0])), StringComparison.Ordinal);
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes(token.Remove(end)), Base64Url.DecodeFromChars(token.AsSpan(end + 1)), HashAlgorithmName.SHA256));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData("..")]
    public async Task Rejects_ATokenThatWasNotSignedHere(string end)
    {
        await using var client = await ClusterClient.StartAsync();
        var token = await IssueAsync(client);
        Assert.Equal(401, (await client.SendAsync("GET", Jobs, token: $"{token}{end}")).Status);
        Assert.Equal(401, (await client.SendAsync("GET", Jobs, token: end)).Status);
        Assert.Equal(401, (await client.SendAsync("GET", Jobs, token: $"{token[..token.LastIndexOf('.')]}.{end}")).Status);
    }

    private static async Task<string> IssueAsync(ClusterClient client) =>
        (await client.PostAsync(Token, Parse("""{"spec":{"expirationSeconds":600}}"""))).At("status/token")!;
}
