using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsCheck;
using Gateway.Api.Workloads.Policy;
using Xunit;

namespace Gateway.Api.Tests.Workloads.Chance;

/// <summary>What validation accepts the cluster accepts, its pods too; what it refuses it refuses in the caller's words. GATEWAY_TEST_RANDOM says how often.</summary>
public sealed partial class RandomSubmissionTests(AllowingGateways gateways) : IClassFixture<AllowingGateways>
{
    private static readonly int Times = int.Parse(Environment.GetEnvironmentVariable("GATEWAY_TEST_RANDOM") ?? "500", CultureInfo.InvariantCulture);

    [Fact]
    public Task Valid_WhateverItSays_IsAcceptedByTheClusterWithItsPods() => Gen.Select(ValidSubmissions.All, Gen.Bool).SampleAsync(
        async (submission, kai) =>
        {
            var answer = await TryAsync(submission, kai);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{submission.ToJsonString()}\n{await answer.Content.ReadAsStringAsync()}");
        },
        iter: Times, threads: 2);

    [Fact]
    public Task Invalid_WhateverItSays_IsRefusedAtAFieldOfASubmission() => Gen.Select(InvalidSubmissions.All, Gen.Bool).SampleAsync(
        async (submission, kai) =>
        {
            var answer = await TryAsync(submission, kai);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity, $"{submission.ToJsonString()}\n{text}");
            var errors = JsonNode.Parse(text)!["errors"]?.AsObject();
            Assert.True(errors is { Count: > 0 } && errors.All(error => IsField(error.Key)), $"{submission.ToJsonString()}\n{text}");
        },
        iter: Times, threads: 2);

    private Task<HttpResponseMessage> TryAsync(JsonObject submission, bool kai) => (kai ? gateways.Kai : gateways.RunAi).SubmitAsync(submission, query: "?dryRun=true");

    // An unknown field is called by the name it was given; a key of a map is the caller's own.
    private static bool IsField(string path)
    {
        var known = Map().Replace(Index().Replace(path, "[]"), "$1").Replace("[].nope", ".nope").TrimEnd(']', '[');
        return known == "nope" || SubmissionFields.Has(known.EndsWith(".nope", StringComparison.Ordinal) ? known[..^".nope".Length] : known);
    }

    [GeneratedRegex(@"\[[0-9]+\]")]
    private static partial Regex Index();

    [GeneratedRegex(@"^(labels|annotations|scheduling\.nodeSelector|extendedResources)[.\[].*$")]
    private static partial Regex Map();
}
