using System.Net;
using System.Text.Json.Nodes;
using Gateway.Api.Errors;
using Xunit;

namespace Gateway.Api.Tests.OpenApi;

public sealed class ApiDocumentTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private static readonly string Committed = Path.Combine(Repository.Root, "docs", "openapi.json");

    // To refresh it: UPDATE_OPENAPI=1 dotnet test tests/Gateway.Api.Tests --filter ApiDocument
    [Fact]
    public async Task Document_AsServed_IsTheCommittedOne()
    {
        var served = await gateway.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative));
        if (Environment.GetEnvironmentVariable("UPDATE_OPENAPI") is not null)
            await File.WriteAllTextAsync(Committed, served + "\n");

        var committed = JsonNode.Parse(await File.ReadAllTextAsync(Committed));
        Assert.True(JsonNode.DeepEquals(committed, JsonNode.Parse(served)), "docs/openapi.json has drifted: refresh it and look at the difference.");
    }

    [Fact]
    public async Task Document_OfEveryOperation_NamesItsProblemsAndDescribesItsParameters()
    {
        var document = await gateway.GetAsync("/openapi/v1.json");
        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(method => (Name: $"{method.Key} {path.Key}", Value: method.Value!))).ToList();

        Assert.Equal(14, operations.Count);
        Assert.All(operations, operation =>
        {
            Assert.NotNull(operation.Value["operationId"]);
            Assert.NotNull(operation.Value["summary"]);
            Assert.NotNull(operation.Value["responses"]!["401"]);
            Assert.All(operation.Value["parameters"]!.AsArray(), parameter => Assert.False(string.IsNullOrEmpty((string?)parameter!["description"]), $"{operation.Name}: {parameter["name"]}"));
        });
    }

    // The other way round: what is in an answer and not named here would be news to whoever generates a client.
    [Fact]
    public async Task Document_OfEveryAnswer_NamesTheHeadersThatItHas()
    {
        const string Workloads = "/projects/{project}/workloads";
        await gateway.SubmitAsync(GatewayHost.Train("headers"), key: "headers");
        using var bad = new HttpRequestMessage(HttpMethod.Get, "/me") { Headers = { Authorization = new("Bearer", "made-up") } };

        await AssertNamedAsync("post", Workloads, await gateway.SubmitAsync(GatewayHost.Build("headers-2")), "ETag", "Location", "Observed-At", "X-Request-ID");
        await AssertNamedAsync("post", Workloads, await gateway.SubmitAsync(GatewayHost.Train("headers"), key: "headers"), "ETag", "Idempotency-Replayed", "Location", "Observed-At", "X-Request-ID");
        await AssertNamedAsync("post", Workloads, await gateway.SubmitAsync(GatewayHost.Train("headers")), "Location", "X-Request-ID");
        await AssertNamedAsync("get", Workloads, await gateway.Http.GetAsync("/projects/team-a/workloads"), "ETag", "Observed-At", "X-Request-ID");
        await AssertNamedAsync("get", $"{Workloads}/{{name}}/manifest", await gateway.Http.GetAsync("/projects/team-a/workloads/headers/manifest"), "X-Request-ID");
        await AssertNamedAsync("delete", $"{Workloads}/{{name}}", await gateway.Http.DeleteAsync("/projects/team-a/workloads/headers-2"), "ETag", "Observed-At", "X-Request-ID");
        await AssertNamedAsync("get", "/projects/{project}", await gateway.Http.GetAsync("/projects/team-a"), "ETag", "Observed-At", "X-Request-ID");
        await AssertNamedAsync("get", "/me", await gateway.Http.SendAsync(bad), "WWW-Authenticate", "X-Request-ID");
        Assert.Contains("Retry-After", (await DocumentedAsync("get", "/me", 429)).Select(header => header.Key));
    }

    private async Task AssertNamedAsync(string method, string path, HttpResponseMessage answer, params string[] names)
    {
        string[] ofTheServer = ["Date", "Server", "Transfer-Encoding", "Cache-Control", "Vary", "Gateway-Cluster", "X-Content-Type-Options", "X-Frame-Options", "Pragma", "Expires", "Content-Security-Policy", "Referrer-Policy"];
        Assert.Equal(names, answer.Headers.Select(header => header.Key).Except(ofTheServer).Order(StringComparer.Ordinal));
        Assert.Subset((await DocumentedAsync(method, path, (int)answer.StatusCode)).Select(header => header.Key).ToHashSet(), names.ToHashSet());
    }

    private async Task<JsonObject> DocumentedAsync(string method, string path, int status) =>
        (await gateway.GetAsync("/openapi/v1.json"))["paths"]![path]![method]!["responses"]![$"{status}"]!["headers"]!.AsObject();

    [Fact]
    public async Task Document_OfASubmission_SaysItsRules()
    {
        var schemas = (await gateway.GetAsync("/openapi/v1.json"))["components"]!["schemas"]!;

        schemas["WorkloadSubmission"].AssertContains(JsonNode.Parse(
            """{"additionalProperties": false, "properties": {"user": {"maxLength": 253}, "backoffLimit": {"minimum": 0}}}"""));
        Assert.Equal(["image", "type"], schemas["WorkloadSubmission"]!["required"]!.AsArray().Select(name => (string)name!).Order());
        schemas["GpuRequest"].AssertContains(JsonNode.Parse("""{"properties": {"fraction": {"exclusiveMinimum": 0, "exclusiveMaximum": 1}, "count": {"minimum": 0}}}"""));
        Assert.All(["WorkloadSubmission", "GpuRequest", "Workload", "ProblemDocument"], name =>
            Assert.All(schemas[name]!["properties"]!.AsObject(), property => Assert.NotNull(property.Value!["description"] ?? property.Value["$ref"] ?? property.Value["oneOf"])));
    }

    [Fact]
    public async Task Examples_OfTheDocument_AreAccepted()
    {
        var examples = (await gateway.GetAsync("/openapi/v1.json"))["paths"]!["/projects/{project}/workloads"]!["post"]!["requestBody"]!["content"]!["application/json"]!["examples"]!.AsObject();

        Assert.Equal(["train", "build", "fraction", "jupyter", "array", "gpu-memory", "nccl", "claims"], examples.Select(example => example.Key));
        foreach (var example in examples)
            await (await gateway.SubmitAsync(example.Value!["value"]!)).BodyAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Page_OfSwagger_IsServedAndTheRootLeadsThere()
    {
        Assert.Contains("swagger-ui", await gateway.Http.GetStringAsync(new Uri("/swagger/index.html", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Equal("/swagger", (await gateway.Http.GetAsync(new Uri("/", UriKind.Relative))).Headers.Location?.OriginalString);
    }

    [Fact]
    public void ErrorTable_OfTheDocumentation_HasEveryCode()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "errors.md"));

        Assert.All(ProblemTypes.All, type => Assert.Contains($"| {type.Status} | `{type.Code}` | {(type.Retryable ? "yes" : "no")} | ", page, StringComparison.Ordinal));
    }
}
