using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Api.Errors;
using Xunit;

namespace Gateway.Api.Tests.Workloads.Bounds;

/// <summary>Answers of errors have a greatest size.</summary>
public sealed class ErrorSizeTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const string Batch = "/projects/team-a/workloads/batch";

    [Fact]
    public async Task Submit_OfWhatIsWrongAllOver_ShowsTheFirstErrorsAndThatThereAreMore()
    {
        var problem = await (await gateway.SubmitAsync(WrongAllOver("a"))).ProblemAsync(HttpStatusCode.UnprocessableEntity, "INVALID_WORKLOAD");

        var errors = problem["errors"]!.AsObject();
        Assert.Equal(51, errors.Count);
        Assert.Equal("...", errors.Last().Key);
        Assert.Contains("more may be wrong", errors.Last().Value!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bestEffort", 3 << 20)]
    [InlineData("validateFirst", 32 << 10)]
    public async Task Batch_OfAThousandThatAreWrongAllOver_IsAnsweredShortly(string mode, int longest)
    {
        var items = new JsonArray([.. Enumerable.Range(0, 1000).Select(i => WrongAllOver($"a-{i}"))]);

        var answer = await gateway.Http.PostAsJsonAsync(Batch, new JsonObject { ["mode"] = mode, ["items"] = items });

        Assert.InRange((await answer.Content.ReadAsByteArrayAsync()).Length, 1, longest);
        Assert.Equal(mode == "bestEffort" ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact]
    public async Task Batch_WithAnItemThatWouldBeTooLargeByItself_RefusesIt()
    {
        var (large, many) = (GatewayHost.Train("large"), GatewayHost.Train("many"));
        large["user"] = new string('a', 1 << 20);
        many["args"] = new JsonArray([.. Enumerable.Repeat((JsonNode)"", 10_000).Select(text => text.DeepClone())]);

        var answer = await gateway.Http.PostAsJsonAsync(Batch, new JsonObject { ["mode"] = "bestEffort", ["items"] = new JsonArray(large, many, GatewayHost.Train("fits")) });

        var results = (await answer.BodyAsync(HttpStatusCode.OK))["items"]!.AsArray();
        Assert.Equal([413, 413, 201], results.Select(result => (int)result!["status"]!));
        Assert.NotNull(results[1]!["problem"]!["errors"]!["args"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100_000)]
    public void Errors_OfAnyNumberAndLength_HaveRoom(int length)
    {
        var errors = Enumerable.Range(0, 1000).ToDictionary(i => $"{i}{new string('\u0001', length)}", _ => Enumerable.Repeat(new string('"', length), 100).ToArray());

        var shown = (ProblemTypes.InvalidWorkload.With(new string('\u0001', length)) with { Errors = errors }).Within(BoundedErrors.Most);

        Assert.InRange(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(shown.Errors, Gateway.Core.Workloads.WorkloadJson.Options).Length, 1, BoundedErrors.Most);
        Assert.InRange(shown.Detail.Length, 1, 2_003);
        Assert.Equal($"{1000 - shown.Errors!.Count + 1} more are wrong", shown.Errors[BoundedErrors.More].Single());
    }

    private static JsonObject WrongAllOver(string name)
    {
        var submission = GatewayHost.Train(name);
        submission["scheduling"] = new JsonObject { ["nodeAffinity"] = new JsonObject { ["required"] = new JsonArray([.. Enumerable.Range(0, 100).Select(_ => new JsonObject())]) } };
        return submission;
    }
}
