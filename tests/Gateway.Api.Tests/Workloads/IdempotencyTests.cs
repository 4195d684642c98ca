using System.Net;
using Xunit;

namespace Gateway.Api.Tests.Workloads;

public sealed class IdempotencyTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Submit_TheSameKeyAndBodyAgain_AnswersWithTheSameWorkload()
    {
        var first = await (await gateway.SubmitAsync(GatewayHost.Train("again"), key: "k-1")).BodyAsync(HttpStatusCode.Created);

        var response = await gateway.SubmitAsync(GatewayHost.Train("again"), key: "\"k-1\"");

        var second = await response.BodyAsync(HttpStatusCode.OK);
        Assert.Equal("true", response.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal((string?)first["uid"], (string?)second["uid"]);
        Assert.Equal("/projects/team-a/workloads/again", response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Submit_TheSameKeyFiftyTimesAtOnce_CreatesOne()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => gateway.SubmitAsync(GatewayHost.Train("storm"), key: "k-storm")));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(49, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        var uids = await Task.WhenAll(answers.Select(async answer => (string?)(await answer.BodyAsync(answer.StatusCode))["uid"]));
        Assert.Single(uids.Distinct());
    }

    [Fact]
    public async Task Submit_TheSameKeyAndAnotherBody_IsRefused()
    {
        await (await gateway.SubmitAsync(GatewayHost.Train("other-body"), key: "k-2")).BodyAsync(HttpStatusCode.Created);
        var other = GatewayHost.Train("other-body");
        other["image"] = "busybox";

        await (await gateway.SubmitAsync(other, key: "k-2")).ProblemAsync(HttpStatusCode.UnprocessableEntity, "IDEMPOTENCY_KEY_REUSED");
    }

    [Fact]
    public async Task Submit_ATakenNameWithAnotherKey_IsRefused()
    {
        await (await gateway.SubmitAsync(GatewayHost.Train("other-key"), key: "k-3")).BodyAsync(HttpStatusCode.Created);

        await (await gateway.SubmitAsync(GatewayHost.Train("other-key"), key: "k-4")).ProblemAsync(HttpStatusCode.Conflict, "NAME_TAKEN");
    }

    [Fact]
    public async Task List_ByIdempotencyKey_HasThatOneOnly()
    {
        await (await gateway.SubmitAsync(GatewayHost.Train("by-key"), key: "k-5")).BodyAsync(HttpStatusCode.Created);
        await (await gateway.SubmitAsync(GatewayHost.Train("by-no-key"))).BodyAsync(HttpStatusCode.Created);

        Assert.Equal(["by-key"], (await gateway.GetAsync("/projects/team-a/workloads?idempotencyKey=k-5"))["items"]!.AsArray().Select(item => (string)item!["name"]!));
        Assert.Equal(0, (int)(await gateway.GetAsync("/projects/team-a/workloads?idempotencyKey=k-6"))["total"]!);
    }

    [Fact]
    public async Task Rejects_TwoKeys()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/projects/team-a/workloads") { Content = new StringContent(GatewayHost.Train("two-keys").ToJsonString(), System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", ["a", "b"]);

        await (await gateway.Http.SendAsync(request)).ProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("\"\"")]
    [InlineData("TOO LONG")]
    public async Task Rejects_AKeyThatIsNotVisibleText(string key) =>
        await (await gateway.SubmitAsync(GatewayHost.Train("bad-key"), key: key == "TOO LONG" ? new string('k', 256) : key))
            .ProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");
}
