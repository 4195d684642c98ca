using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Gateway.Api.Tests;

/// <summary>What an answer has to be.</summary>
internal static class Answers
{
    /// <summary>The body of an answer with that status.</summary>
    public static async Task<JsonObject> BodyAsync(this HttpResponseMessage response, HttpStatusCode status)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"expected {status} but got {response.StatusCode}: {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>The problem in an answer, which has all that every problem has.</summary>
    public static async Task<JsonObject> ProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var problem = await response.BodyAsync(status);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, (string?)problem["code"]);
        Assert.Equal((int)status, (int)problem["status"]!);
        Assert.Equal($"urn:workload-gateway:problem:{code}", (string?)problem["type"]);
        Assert.All(["title", "detail", "instance", "traceId"], member => Assert.NotEqual("", (string)problem[member]!));
        Assert.NotNull(problem["retryable"]);
        return problem;
    }

    /// <summary>Whether every member of the expectation is there with its value, at any depth.</summary>
    public static void AssertContains(this JsonNode? actual, JsonNode? expected, string path = "$")
    {
        switch (expected)
        {
            case JsonObject members:
                Assert.All(members, member => (actual as JsonObject)?[member.Key].AssertContains(member.Value, $"{path}.{member.Key}"));
                Assert.True(actual is JsonObject, $"{path} is not there");
                break;
            case JsonArray items:
                Assert.Equal(items.Count, actual!.AsArray().Count);
                for (var i = 0; i < items.Count; i++)
                    actual[i].AssertContains(items[i], $"{path}[{i}]");
                break;
            default:
                Assert.True(JsonNode.DeepEquals(expected, actual), $"{path} is {actual?.ToJsonString() ?? "absent"}, not {expected?.ToJsonString()}");
                break;
        }
    }
}
