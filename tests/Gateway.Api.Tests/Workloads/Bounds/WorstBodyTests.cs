using System.Text;
using System.Text.Json;
using Gateway.Api.Bodies;
using Gateway.Api.Errors;
using Gateway.Api.Workloads;
using Gateway.Core.Workloads;
using Xunit;

namespace Gateway.Api.Tests.Workloads.Bounds;

/// <summary>What a body of nearly 1 MiB costs to refuse, for every field and whatever is in it: little, and an answer that is short.</summary>
public sealed class WorstBodyTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    // The texts of a document of 1 MiB take 2 MiB, the shortest values of a document that has the most of them another 2.
    private const long MostAllocated = 5 << 20;
    private const int LongestAnswer = 32 * 1024;

    public static TheoryData<string> Names => [.. WorstBodies.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Submit_OfTheWorstBody_TakesLittleMemoryAndIsAnsweredShortly(string name)
    {
        var body = WorstBodies.All[name]();
        _ = Allocated(body);

        Assert.InRange(Allocated(body), 0, MostAllocated);
        var answer = await gateway.SubmitTextAsync(body, query: "?dryRun=true");
        Assert.True((int)answer.StatusCode is 200 or 400 or 403 or 413 or 422, $"{(int)answer.StatusCode}");
        Assert.True(answer.IsSuccessStatusCode || (await answer.Content.ReadAsByteArrayAsync()).Length <= LongestAnswer);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Body_OfAsMuchAsMayBe_IsNotTooLong(string name)
    {
        var body = Encoding.UTF8.GetBytes(WorstBodies.All[name]());
        var mayBe = name.Contains("as many as may be", StringComparison.Ordinal);

        var tooLong = JsonValues.Count(body, BodyLimit.Standard.Values) > BodyLimit.Standard.Values
            || LengthLimits.TooLong(JsonSerializer.Deserialize<WorkloadSubmission>(body, WorkloadJson.Options)!).Any();

        // Of the shortest way to write a NUL less than an annotation may have makes 1 MiB.
        Assert.True(tooLong != mayBe || name == "annotations[], a text of nulls", name);
    }

    // What the gateway itself does with it until it is refused, or could be mapped.
    private static long Allocated(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            BodyLimit.Standard.Count(bytes);
            JsonSerializer.Deserialize<WorkloadSubmission>(bytes, WorkloadJson.Options)!.Validate();
        }
        catch (Exception refusal) when (refusal is ProblemException or JsonException)
        {
        }
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
