using System.Net;
using System.Text.Json.Nodes;
using k8s;
using Xunit;

namespace Gateway.Api.Tests.Identity;

/// <summary>Whom the gateway takes a caller for, and what it says of it.</summary>
public sealed class CallerTests(SecuredGateway gateway) : IClassFixture<SecuredGateway>
{
    [Fact]
    public async Task Me_OfAServiceAccount_SaysWhoItIs()
    {
        var me = await (await gateway.SendAsync("submitter", "GET", "/me?project=team-a&project=team-b&project=nowhere")).BodyAsync(HttpStatusCode.OK);

        me.AssertContains(JsonNode.Parse(
            $$"""
            {"username": "system:serviceaccount:{{gateway.Host.Space}}:submitter", "mode": "Kubernetes",
             "groups": ["system:serviceaccounts", "system:serviceaccounts:{{gateway.Host.Space}}", "system:authenticated"],
             "projects": [{"name": "team-a", "actions": ["read", "submit", "suspend", "delete"]}, {"name": "team-b", "actions": []}, {"name": "nowhere", "actions": []}]}
            """));
    }

    [Fact]
    public async Task Me_OfAPerson_SaysWhoItIs()
    {
        var me = await (await gateway.SendAsync("person of the group that submits", "GET", "/me")).BodyAsync(HttpStatusCode.OK);

        me.AssertContains(JsonNode.Parse("""{"username": "oidc:joe", "groups": ["oidc:researchers"], "mode": "Oidc"}"""));
        Assert.Null(me["projects"]);
    }

    [Fact]
    public async Task Me_WhereOneTypeIsGranted_NamesTheType()
    {
        var me = await (await gateway.SendAsync("train-reader", "GET", "/me?project=team-a")).BodyAsync(HttpStatusCode.OK);

        Assert.Equal("""["read:train"]""", me["projects"]![0]!["actions"]!.ToJsonString());
    }

    [Fact]
    public async Task Rejects_MoreThanTwentyProjectsOfMe() =>
        await (await gateway.SendAsync("admin", "GET", $"/me?{string.Join('&', Enumerable.Range(0, 21).Select(i => $"project=p{i}"))}")).ProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");

    [Theory]
    [InlineData("reader", "team-a")]
    [InlineData("neighbour", "team-b")]
    [InlineData("stranger", "")]
    [InlineData("admin", "team-a,team-b")]
    public async Task Projects_OfACaller_AreThoseItMayRead(string caller, string names)
    {
        var list = await (await gateway.SendAsync(caller, "GET", "/projects")).BodyAsync(HttpStatusCode.OK);

        Assert.Equal(names, string.Join(',', list["items"]!.AsArray().Select(item => (string)item!["name"]!)));
        Assert.Equal(names.Split(',', StringSplitOptions.RemoveEmptyEntries).Length, (int)list["total"]!);
    }

    [Fact]
    public async Task Projects_PageByPage_AreAllSeenOnce()
    {
        var first = await (await gateway.SendAsync("admin", "GET", "/projects?limit=1")).BodyAsync(HttpStatusCode.OK);
        var second = await (await gateway.SendAsync("admin", "GET", $"/projects?limit=1&continue={first["continue"]}")).BodyAsync(HttpStatusCode.OK);

        Assert.Equal(["team-a", "team-b"], [(string)first["items"]![0]!["name"]!, (string)second["items"]![0]!["name"]!]);
        Assert.Null(second["continue"]);
        await (await gateway.SendAsync("admin", "GET", "/projects?continue=nonsense")).ProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");
    }

    [Fact]
    public async Task Claims_ThatSoundLikeKubernetesOwn_GetAPrefix()
    {
        var me = await (await gateway.SendWithTokenAsync(Token("""{"sub": "system:admin", "groups": ["system:masters"]}"""), "GET", "/me")).BodyAsync(HttpStatusCode.OK);

        me.AssertContains(JsonNode.Parse("""{"username": "oidc:system:admin", "groups": ["oidc:system:masters"]}"""));
    }

    [Theory]
    [InlineData("""{"sub": "jane\nforged"}""")]
    [InlineData("""{"sub": "jane", "groups": ["a\u001bb"]}""")]
    [InlineData("""{"sub": "jane\u2028forged"}""")]
    [InlineData("""{"sub": "jane\u202eforged"}""")]
    [InlineData("""{"sub": ""}""")]
    [InlineData("""{"name": "jane"}""")]
    public async Task Rejects_AnIdentityThatNoneShouldBear(string claims) =>
        await (await gateway.SendWithTokenAsync(Token(claims), "GET", "/me")).ProblemAsync(HttpStatusCode.Unauthorized, "UNAUTHENTICATED");

    [Theory]
    [InlineData("Basic amFuZTpzZWNyZXQ=")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("admin-token")]
    [InlineData("Bearer eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0.a.b.c.d")]
    [InlineData("Bearer eyJhbGciOiJub25lIn0.e30.")]
    [InlineData("Bearer {}.{}.{}")]
    public async Task Rejects_AnAuthorizationThatIsNoBearer(string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/me");
        request.Headers.TryAddWithoutValidation("Authorization", header);

        await (await gateway.Host.Http.SendAsync(request)).ProblemAsync(HttpStatusCode.Unauthorized, "UNAUTHENTICATED");
    }

    [Fact]
    public async Task Challenge_OfARefusal_SaysHow()
    {
        var none = await gateway.SendAsync("none", "GET", "/me");
        var bad = await gateway.SendAsync("garbage", "GET", "/me");

        Assert.Equal("Bearer realm=\"workload-gateway\"", $"{none.Headers.WwwAuthenticate}");
        Assert.Equal("Bearer realm=\"workload-gateway\", error=\"invalid_token\"", $"{bad.Headers.WwwAuthenticate}");
        Assert.Contains("audience workload-gateway", (string)(await bad.ProblemAsync(HttpStatusCode.Unauthorized, "UNAUTHENTICATED"))["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_LeftOut_IsTheCaller()
    {
        var submission = GatewayHost.Train("without-user");
        submission.Remove("user");

        var workload = await (await gateway.SendAsync("person of the group that submits", "POST", "/projects/team-a/workloads", submission)).BodyAsync(HttpStatusCode.Created);

        Assert.Equal("oidc:joe", (string?)workload["user"]);
        Assert.Equal("oidc:joe", (string?)workload["submittedBy"]);
        var job = await gateway.Host.Cluster.BatchV1.ReadNamespacedJobAsync("without-user", gateway.Host.Space);
        Assert.Equal("oidc-joe", job.Spec.Template.Metadata.Labels["user"]);
    }

    private string Token(string claims) => gateway.PersonsToken(Claims(claims));

    internal static Dictionary<string, object> Claims(string claims) => JsonNode.Parse(claims)!.AsObject().ToDictionary(claim => claim.Key, object (claim) => claim.Value switch
    {
        JsonArray items => items.Select(item => (string)item!).ToArray(),
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        var text => (string)text!,
    });
}
