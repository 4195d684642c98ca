using System.Net;
using System.Net.Http.Headers;
using Xunit;

namespace Gateway.Api.Tests.Identity;

/// <summary>Issuers of every kind: without prefixes, and out of reach.</summary>
public sealed class IssuerTests
{
    [Theory]
    [InlineData("""{"email": "jane@example.org"}""", HttpStatusCode.OK)]
    [InlineData("""{"email": "jane@example.org", "email_verified": true}""", HttpStatusCode.OK)]
    [InlineData("""{"email": "jane@example.org", "email_verified": false}""", HttpStatusCode.Unauthorized)]
    [InlineData("""{"email": "jane@example.org", "email_verified": "no"}""", HttpStatusCode.Unauthorized)]
    [InlineData("""{"email": "system:admin"}""", HttpStatusCode.Unauthorized)]
    [InlineData("""{"email": "workload-gateway:anonymous"}""", HttpStatusCode.Unauthorized)]
    [InlineData("""{"email": "jane@example.org", "groups": ["system:masters"]}""", HttpStatusCode.Unauthorized)]
    public async Task Claims_WithoutAPrefix_AreNeverKubernetesOwn(string claims, HttpStatusCode status)
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var gateway = await StartAsync(issuer.Url);

        Assert.Equal(status, (await AskAsync(gateway, issuer.Token(DateTimeOffset.UtcNow, CallerTests.Claims(claims)))).StatusCode);
    }

    // The caller's token may be good: it must not be told otherwise, and a token of the cluster is not held up.
    [Fact]
    public async Task Issuer_ThatDoesNotAnswer_IsNotTheCallersFault()
    {
        await using var issuer = await TestIssuer.StartAsync();
        var token = issuer.Token(DateTimeOffset.UtcNow, new() { ["email"] = "jane" }, issuer: "http://127.0.0.1:1");
        await using var gateway = await StartAsync("http://127.0.0.1:1");

        foreach (var _ in Enumerable.Range(0, 30))
        {
            var response = await AskAsync(gateway, token);
            await response.ProblemAsync(HttpStatusCode.ServiceUnavailable, "AUTHENTICATION_UNAVAILABLE");
            Assert.NotNull(response.Headers.RetryAfter);
        }
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(gateway, gateway.AdminToken)).StatusCode);
    }

    private static async Task<GatewayHost> StartAsync(string issuer)
    {
        var gateway = new GatewayHost
        {
            Settings = new()
            {
                ["Authentication:Mode"] = "Kubernetes, Oidc",
                ["Authentication:Oidc:0:Issuer"] = issuer,
                ["Authentication:Oidc:0:Audience"] = TestIssuer.Audience,
                ["Authentication:Oidc:0:AllowHttp"] = "true",
                ["Authentication:Oidc:0:UsernameClaim"] = "email",
                ["Authentication:Oidc:0:UsernamePrefix"] = "",
                ["Authentication:Oidc:0:GroupsPrefix"] = "",
            },
        };
        await gateway.InitializeAsync();
        return gateway;
    }

    private static async Task<HttpResponseMessage> AskAsync(GatewayHost gateway, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/me");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await gateway.Http.SendAsync(request);
    }
}
