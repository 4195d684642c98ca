using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Gateway.Api.Tests.Workloads;

/// <summary>Many at once.</summary>
public sealed class BatchTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const string Workloads = "/projects/team-a/workloads";

    [Fact]
    public async Task Submit_BestEffort_TakesWhatCanBeTakenInOrder()
    {
        var answer = await SubmitAsync("bestEffort", [GatewayHost.Train("one"), Wrong("two"), GatewayHost.Build("three"), GatewayHost.Train("one"), Unknown("five"), "text"]);

        var items = (await answer.BodyAsync(HttpStatusCode.OK))["items"]!.AsArray();
        Assert.Equal([0, 1, 2, 3, 4, 5], items.Select(item => (int)item!["index"]!));
        Assert.Equal([201, 422, 201, 409, 400, 400], items.Select(item => (int)item!["status"]!));
        Assert.Equal("one", (string?)items[0]!["workload"]!["name"]);
        Assert.NotNull(items[1]!["problem"]!["errors"]!["gpu.fraction"]);
        Assert.Equal("NAME_TAKEN", (string?)items[3]!["problem"]!["code"]);
        Assert.NotNull(items[4]!["problem"]!["errors"]!["colour"]);
        Assert.Equal("train", (string?)(await gateway.GetAsync($"{Workloads}/one"))["type"]);
    }

    [Fact]
    public async Task Submit_ValidateFirst_StoresNothingWhereOneIsRefused()
    {
        var problem = await (await SubmitAsync("validateFirst", [GatewayHost.Train("good"), Wrong("bad"), GatewayHost.Build("good")])).ProblemAsync(HttpStatusCode.UnprocessableEntity, "INVALID_WORKLOAD");

        Assert.Equal(["items[1].gpu.fraction", "items[2]"], problem["errors"]!.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal));
        Assert.Equal("none", (string?)problem["outcome"]);
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.Http.GetAsync($"{Workloads}/good")).StatusCode);
    }

    [Theory]
    [InlineData("bestEffort")]
    [InlineData("validateFirst")]
    public async Task Submit_AgainWithTheSameKey_MakesEachOnce(string mode)
    {
        JsonNode[] items = [GatewayHost.Train($"key-{mode}-1".ToLowerInvariant()), GatewayHost.Train($"key-{mode}-2".ToLowerInvariant())];
        items[1]["idempotencyKey"] = $"own-{mode}";

        var first = (await (await SubmitAsync(mode, items, $"all-{mode}")).BodyAsync(HttpStatusCode.OK))["items"]!.AsArray();
        var second = (await (await SubmitAsync(mode, items, $"all-{mode}")).BodyAsync(HttpStatusCode.OK))["items"]!.AsArray();

        Assert.Equal([201, 201], first.Select(item => (int)item!["status"]!));
        Assert.Equal([200, 200], second.Select(item => (int)item!["status"]!));
        Assert.Equal(first.Select(item => (string?)item!["workload"]!["uid"]), second.Select(item => (string?)item!["workload"]!["uid"]));
        // Each by itself, with the key that it had in the batch.
        var alone = items[0].DeepClone();
        Assert.Equal(HttpStatusCode.OK, (await gateway.SubmitAsync(alone, key: $"all-{mode}/0")).StatusCode);
    }

    [Theory]
    [InlineData("""{"mode": "someHow", "items": [{}]}""", "mode")]
    [InlineData("""{"items": [{}]}""", "mode")]
    [InlineData("""{"mode": "bestEffort"}""", "items")]
    [InlineData("""{"mode": "bestEffort", "items": []}""", "items")]
    [InlineData("""{"mode": "bestEffort", "items": [{}], "extra": 1}""", "extra")]
    public async Task Submit_OfABatchThatIsNone_IsRefused(string body, string path)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        var problem = await (await gateway.Http.PostAsync($"{Workloads}/batch", content)).ProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");

        Assert.NotNull(problem["errors"]![path]);
    }

    [Fact]
    public async Task Submit_OfMoreThanAThousand_IsRefused() =>
        await (await SubmitAsync("bestEffort", [.. Enumerable.Range(0, 1001).Select(i => GatewayHost.Train($"n-{i}"))])).ProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");

    [Fact]
    public async Task Submit_OfMoreThanOneMiB_IsTaken()
    {
        var items = Enumerable.Range(0, 30).Select(i =>
        {
            var item = GatewayHost.Train($"large-{i}");
            item["args"] = new JsonArray(new string('x', 60_000));
            return (JsonNode)item;
        });

        var results = (await (await SubmitAsync("bestEffort", [.. items])).BodyAsync(HttpStatusCode.OK))["items"]!.AsArray();

        Assert.All(results, item => Assert.Equal(201, (int)item!["status"]!));
    }

    [Fact]
    public async Task Delete_ByNames_SaysWhatBecameOfEach()
    {
        (await gateway.SubmitAsync(GatewayHost.Train("goes-1"))).EnsureSuccessStatusCode();
        (await gateway.SubmitAsync(GatewayHost.Build("goes-2"))).EnsureSuccessStatusCode();

        var items = (await (await DeleteAsync(new() { ["names"] = new JsonArray("goes-1", "never-there", "goes-2") })).BodyAsync(HttpStatusCode.OK))["items"]!.AsArray();

        Assert.Equal(["goes-1", "never-there", "goes-2"], items.Select(item => (string?)item!["name"]));
        Assert.Equal([202, 404, 202], items.Select(item => (int)item!["status"]!));
        await gateway.UntilGoneAsync("goes-1");
        await gateway.UntilGoneAsync("goes-2");
    }

    [Fact]
    public async Task Delete_ByFilter_TakesJustAsManyAsAreExpected()
    {
        foreach (var name in (string[])["sweep-1", "sweep-2", "sweep-3"])
            (await gateway.SubmitAsync(GatewayHost.Train(name))).EnsureSuccessStatusCode();
        JsonObject filter = new() { ["search"] = "sweep-" };

        await (await DeleteAsync(new() { ["filter"] = filter.DeepClone(), ["expected"] = 2 })).ProblemAsync(HttpStatusCode.Conflict, "CONFLICT");
        var planned = (await (await DeleteAsync(new() { ["filter"] = filter.DeepClone() }, "?dryRun=true")).BodyAsync(HttpStatusCode.OK))["items"]!.AsArray();
        Assert.Equal(["sweep-1", "sweep-2", "sweep-3"], planned.Select(item => (string?)item!["name"]));
        Assert.All(planned, item => Assert.Equal(200, (int)item!["status"]!));
        Assert.NotEqual("Deleting", (string?)(await gateway.GetAsync($"{Workloads}/sweep-1"))["phase"]);

        var items = (await (await DeleteAsync(new() { ["filter"] = filter.DeepClone(), ["expected"] = 3 })).BodyAsync(HttpStatusCode.OK))["items"]!.AsArray();

        Assert.All(items, item => Assert.Equal(202, (int)item!["status"]!));
        foreach (var name in (string[])["sweep-1", "sweep-2", "sweep-3"])
            await gateway.UntilGoneAsync(name);
    }

    [Theory]
    [InlineData("{}", "names")]
    [InlineData("""{"filter": {}, "expected": 0}""", "filter")]
    [InlineData("""{"filter": {"phase": []}, "expected": 0}""", "filter")]
    [InlineData("""{"filter": {"search": "a"}}""", "expected")]
    [InlineData("""{"filter": {"labelSelector": "=="}, "expected": 1}""", "labelSelector")]
    [InlineData("""{"filter": {"search": "a"}, "names": ["a"], "expected": 1}""", "names")]
    [InlineData("""{"names": ["a"], "expected": 1}""", "expected")]
    [InlineData("""{"names": []}""", "names")]
    [InlineData("""{"names": [null]}""", "names")]
    public async Task Delete_OfABatchThatIsNone_DeletesNothing(string body, string path)
    {
        var problem = await (await DeleteAsync(JsonNode.Parse(body)!.AsObject())).ProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");

        Assert.NotNull(problem["errors"]![path]);
    }

    private static JsonObject Wrong(string name)
    {
        var submission = GatewayHost.Train(name);
        submission["gpu"] = new JsonObject { ["fraction"] = 2 };
        return submission;
    }

    private static JsonObject Unknown(string name)
    {
        var submission = GatewayHost.Train(name);
        submission["colour"] = "red";
        return submission;
    }

    private async Task<HttpResponseMessage> SubmitAsync(string mode, JsonNode[] items, string? key = null)
    {
        var body = new JsonObject { ["mode"] = mode, ["items"] = new JsonArray([.. items.Select(item => item.DeepClone())]) };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Workloads}/batch") { Content = JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await gateway.Http.SendAsync(request);
    }

    private Task<HttpResponseMessage> DeleteAsync(JsonObject body, string query = "") => gateway.Http.PostAsJsonAsync($"{Workloads}/batch-delete{query}", body);
}
