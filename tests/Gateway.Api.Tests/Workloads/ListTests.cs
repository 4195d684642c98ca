using System.Net;
using System.Text.Json.Nodes;
using Gateway.Api.Tests.Clusters;
using Xunit;

namespace Gateway.Api.Tests.Workloads;

public sealed class ListTests(GatewayHost gateway) : IClassFixture<GatewayHost>, IAsyncLifetime
{
    private const string Project = "team-b";

    public async Task InitializeAsync()
    {
        foreach (var name in (string[])["a-1", "a-2", "a-3", "b-1"])
            await gateway.SubmitAsync(name == "b-1" ? GatewayHost.Build(name) : GatewayHost.Train(name), Project);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("sort=name", "a-1 a-2 a-3 b-1")]
    [InlineData("sort=-name", "b-1 a-3 a-2 a-1")]
    [InlineData("sort=name&type=build", "b-1")]
    [InlineData("sort=name&type=train", "a-1 a-2 a-3")]
    [InlineData("sort=name&search=a-", "a-1 a-2 a-3")]
    [InlineData("sort=name&search=A-", "")]
    [InlineData("sort=name&user=jane", "a-1 a-2 a-3 b-1")]
    [InlineData("sort=name&user=jan", "")]
    [InlineData("sort=name&labelSelector=app.kubernetes.io/managed-by%3Dworkload-gateway", "a-1 a-2 a-3 b-1")]
    [InlineData("sort=name&labelSelector=none%3Dsuch", "")]
    [InlineData("sort=name&limit=9999", "a-1 a-2 a-3 b-1")]
    public async Task List_ByFilterAndOrder_HasJustThose(string query, string names)
    {
        var page = await gateway.GetAsync($"/projects/{Project}/workloads?{query}");

        Assert.Equal(names, string.Join(' ', Names(page)));
        Assert.Equal(page["items"]!.AsArray().Count, (int)page["total"]!);
    }

    [EmbeddedFact("what it deletes is gone at once")]
    public async Task List_PageByPage_HasEachOnceWhileOthersComeAndGo()
    {
        await gateway.SubmitAsync(GatewayHost.Train("aa-gone"), Project);
        var first = await gateway.GetAsync($"/projects/{Project}/workloads?sort=name&limit=2");
        await gateway.Http.DeleteAsync($"/projects/{Project}/workloads/aa-gone");
        await gateway.SubmitAsync(GatewayHost.Train("a-0"), Project);

        List<string> seen = [.. Names(first)];
        for (var page = first; page["continue"] is { } next; seen.AddRange(Names(page)))
            page = await gateway.GetAsync($"/projects/{Project}/workloads?sort=name&limit=1&continue={next}");

        Assert.Equal(["a-1", "a-2", "a-3", "b-1"], seen.Where(name => name is not ("aa-gone" or "a-0")));
        await gateway.Http.DeleteAsync($"/projects/{Project}/workloads/a-0");
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("sort=age", "sort")]
    [InlineData("phase=Waiting", "phase")]
    [InlineData("type=job", "type")]
    [InlineData("continue=garbage", "continue")]
    [InlineData("continue=e30", "continue")]
    [InlineData("labelSelector=a%3D%3D%3D", "labelSelector")]
    [InlineData("owner=jane", "owner")]
    [InlineData("observer=1", "observer")]
    [InlineData("search=a&search=b", "search")]
    [InlineData("idempotencyKey=a%20b", "idempotencyKey")]
    public async Task Rejects_AQueryThatMakesNoSense(string query, string parameter)
    {
        var problem = await (await gateway.Http.GetAsync($"/projects/{Project}/workloads?{query}")).ProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");

        Assert.NotNull(problem["errors"]![parameter]);
    }

    [Fact]
    public async Task Rejects_ATokenOfAnotherList()
    {
        var page = await gateway.GetAsync($"/projects/{Project}/workloads?sort=name&limit=1");

        await (await gateway.Http.GetAsync($"/projects/{Project}/workloads?sort=-name&limit=1&continue={page["continue"]}")).ProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");
        await (await gateway.Http.GetAsync($"/projects/team-a/workloads?sort=name&limit=1&continue={page["continue"]}")).ProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");
    }

    private static IEnumerable<string> Names(JsonObject page) => page["items"]!.AsArray().Select(item => (string)item!["name"]!);
}
