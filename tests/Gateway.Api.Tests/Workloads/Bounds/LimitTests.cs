using System.Net;
using System.Text.Json.Nodes;
using Gateway.Api.Workloads.Batches;
using Gateway.Core.Workloads;
using Xunit;

namespace Gateway.Api.Tests.Workloads.Bounds;

/// <summary>Everything in a request has a greatest length, which the API document says.</summary>
public sealed class LimitTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    public static TheoryData<Type> Requests => [typeof(WorkloadSubmission), typeof(BatchRequest), typeof(BatchDeleteRequest)];

    [Theory]
    [MemberData(nameof(Requests))]
    public void Member_OfARequest_HasAGreatestLength(Type request) => Assert.All(MembersOf(request), member =>
    {
        var isText = member.Type == typeof(string);
        Assert.True(member.Length is > 0 || (!isText && member.Items is null), $"{member.Name} has no [MaxLength].");
        Assert.True(member.ItemLength is > 0 || member.Items != typeof(string), $"{member.Name} has no [MaxItemLength].");
    });

    [Fact]
    public async Task Document_OfEveryRequest_SaysHowLongEverythingMayBe()
    {
        var document = await gateway.GetAsync("/openapi/v1.json");
        var bodies = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(method => method.Value!["requestBody"]?["content"]!["application/json"]!["schema"]!).OfType<JsonNode>().ToList();

        Assert.Equal(3, bodies.Count);
        Assert.Empty(bodies.SelectMany(body => Unlimited(document, body, "")));
    }

    [Theory]
    [InlineData(""" "ports": [{"port": 80, "name": "a-name-of-16-let"}] """, "ports[0].name", "at most 15 characters")]
    [InlineData(""" "args": ["a", "{131072}"] """, "args[1]", "at most 131071 characters")]
    [InlineData(""" "labels": {"a": "{64}"} """, "labels", "values of at most 63")]
    [InlineData(""" "labels": {"{318}": ""} """, "labels", "keys of at most 317")]
    [InlineData(""" "user": "{254}", "workingDir": "/{1024}" """, "workingDir", "at most 1024 characters")]
    [InlineData(""" "user": "{254}", "workingDir": "/{1024}" """, "user", "at most 253 characters")]
    public async Task Rejects_WhatIsTooLong(string fields, string path, string words)
    {
        var problem = await (await gateway.SubmitTextAsync($$"""{"type": "train", "name": "a", "image": "busybox", {{Filled(fields)}}}""")).ProblemAsync(HttpStatusCode.UnprocessableEntity, "INVALID_WORKLOAD");

        Assert.Contains(words, problem["errors"]![path]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" {"names": ["{254}"]} """, "names[0]")]
    [InlineData(""" {"filter": {"search": "{254}"}, "expected": 1} """, "filter.search")]
    public async Task Rejects_ABatchThatIsTooLong(string body, string path)
    {
        using var content = new StringContent(Filled(body), System.Text.Encoding.UTF8, "application/json");

        var problem = await (await gateway.Http.PostAsync("/projects/team-a/workloads/batch-delete", content)).ProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");

        Assert.NotNull(problem["errors"]![path]);
    }

    [Fact]
    public async Task Rejects_MoreValuesThanAreReadAndNamesWhereTheyAre()
    {
        var terms = string.Join(',', Enumerable.Repeat("{}", 340_000));

        var problem = await (await gateway.SubmitTextAsync($$$"""{"type": "train", "scheduling": {"nodeAffinity": {"required": [{{{terms}}}] } } }""")).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE");

        Assert.Contains("10,000", problem["errors"]!["scheduling.nodeAffinity.required"]!.ToJsonString(), StringComparison.Ordinal);
    }

    private static IEnumerable<LengthLimit> MembersOf(Type request) => LengthLimits.Of(request).SelectMany(member =>
        (member.Items ?? member.Type) is { IsClass: true } part && part != typeof(string) ? MembersOf(part).Prepend(member) : [member]);

    // A number in braces is so many letters.
    private static string Filled(string fields) =>
        System.Text.RegularExpressions.Regex.Replace(fields, @"\{(\d+)\}", count => new string('a', int.Parse(count.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)));

    private static IEnumerable<string> Unlimited(JsonNode document, JsonNode schema, string at)
    {
        if ((string?)schema["$ref"] is { } reference)
            schema = document["components"]!["schemas"]![reference.Split('/')[^1]]!;
        var types = schema["type"] is JsonArray several ? several.Select(one => (string)one!).ToList() : [(string?)schema["type"] ?? ""];
        if ((types.Contains("string") && schema["maxLength"] is null) || (types.Contains("array") && schema["maxItems"] is null) || (schema["additionalProperties"] is JsonObject && schema["maxProperties"] is null))
            yield return at;
        (string Name, JsonNode? Schema)[] parts =
        [
            .. schema["properties"]?.AsObject().Select(property => (property.Key, property.Value)) ?? [],
            .. schema["oneOf"]?.AsArray().Select(one => ("", one)) ?? [],
            ("[]", schema["items"]),
            ("[]", schema["additionalProperties"] as JsonObject),
        ];
        foreach (var found in parts.Where(part => part.Schema is not null).SelectMany(part => Unlimited(document, part.Schema!, $"{at}.{part.Name}")))
            yield return found;
    }
}
