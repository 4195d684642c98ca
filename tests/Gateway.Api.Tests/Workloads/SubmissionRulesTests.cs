using System.Net;
using System.Text;
using Xunit;

namespace Gateway.Api.Tests.Workloads;

/// <summary>What is refused before the cluster is asked, and in which words.</summary>
public sealed class SubmissionRulesTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private const string Rest = "\"type\": \"train\", \"name\": \"a\", \"image\": \"busybox\"";

    [Theory]
    [InlineData("""{"type": "train", "name": "a"}""", "image", "is required")]
    [InlineData("""{"type": "train", "name": "a", "image": null}""", "image", "is required")]
    [InlineData("""{"type": "train", "image": "busybox"}""", "name", "is required")]
    [InlineData("""{"name": "a", "image": "busybox"}""", "type", "is required")]
    [InlineData("""{"type": "Train", "name": "a", "image": "busybox"}""", "type", "must be train or build")]
    [InlineData("""{"type": "train", "name": "Upper", "image": "busybox"}""", "name", "lower-case")]
    [InlineData("""{"type": "train", "name": "1a", "image": "busybox"}""", "name", "begin with a letter")]
    [InlineData("""{"type": "train", "name": "a-", "image": "busybox"}""", "name", "end with")]
    [InlineData("""{"type": "train", "name": "a\n", "image": "busybox"}""", "name", "lower-case")]
    [InlineData("""{"type": "train", "name": "a.b", "image": "busybox"}""", "name", "lower-case")]
    [InlineData("""{"type": "train", "name": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "image": "busybox"}""", "name", "at most 63")]
    [InlineData("""{"type": "build", "name": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "image": "busybox"}""", "name", "at most 52")]
    [InlineData("""{"type": "train", "name": "a", "image": "Not An Image"}""", "image", "image reference")]
    [InlineData("""{"type": "train", "name": "a", "image": "busybox:"}""", "image", "image reference")]
    [InlineData("""{"type": "train", "name": "a", "image": "busybox:٣"}""", "image", "image reference")]
    [InlineData("""{"type": "train", "name": "a", "image": "busybox@sha256:0123456789abcdef0123456789abcdef"}""", "image", "image reference")]
    [InlineData("""{"type": "train", "name": "a", "image": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}""", "image", "image reference")]
    [InlineData("""{"type": "train", "name": "a", "image": "busybox", "user": "  "}""", "user", "blank")]
    [InlineData("""{"type": "train", "name": "a", "image": "busybox", "command": [null]}""", "command[0]", "null")]
    [InlineData("""{"type": "train", "name": "a", "image": "busybox", "gpu": {"count": 1, "fraction": 0.5}}""", "gpu", "exactly one")]
    [InlineData("""{"type": "train", "name": "a", "image": "busybox", "gpu": {}}""", "gpu", "exactly one")]
    [InlineData("""{"type": "train", "name": "a", "image": "busybox", "gpu": {"count": -1}}""", "gpu.count", "0 or more")]
    [InlineData("""{"type": "train", "name": "a", "image": "busybox", "gpu": {"fraction": 0}}""", "gpu.fraction", "more than 0")]
    [InlineData("""{"type": "train", "name": "a", "image": "busybox", "gpu": {"fraction": 1}}""", "gpu.fraction", "less than 1")]
    [InlineData("""{"type": "train", "name": "a", "image": "busybox", "gpu": {"fraction": 1.5}}""", "gpu.fraction", "less than 1")]
    [InlineData("""{"type": "train", "name": "a", "image": "busybox", "gpu": {"fraction": 0.123}}""", "gpu.fraction", "two decimals")]
    [InlineData("""{"type": "train", "name": "a", "image": "busybox", "gpu": {"fraction": -1}}""", "gpu.fraction", "more than 0")]
    public async Task Rejects_WhatCanNeverRun(string body, string path, string words)
    {
        var problem = await (await gateway.SubmitTextAsync(body)).ProblemAsync(HttpStatusCode.UnprocessableEntity, "INVALID_WORKLOAD");

        Assert.Contains(words, problem["errors"]![path]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{" + Rest + ", \"foo\": 1}", "foo", "not a field")]
    [InlineData("{" + Rest + ", \"gpu\": {\"foo\": 1}}", "gpu.foo", "not a field")]
    [InlineData("{" + Rest + ", \"Image\": \"busybox\"}", "Image", "not a field")]
    [InlineData("{" + Rest + ", \"name\": \"b\"}", "name", "given twice")]
    [InlineData("{" + Rest + ", \"gpu\": 1}", "gpu", "an object")]
    [InlineData("{" + Rest + ", \"gpu\": {\"count\": \"1\"}}", "gpu.count", "a whole number")]
    [InlineData("{" + Rest + ", \"gpu\": {\"count\": 1.5}}", "gpu.count", "a whole number")]
    [InlineData("{" + Rest + ", \"gpu\": {\"fraction\": 1e400}}", "gpu.fraction", "a number")]
    [InlineData("{" + Rest + ", \"user\": 5}", "user", "a string")]
    [InlineData("{" + Rest + ", \"user\": \"\\ud800\"}", "user", "Unicode")]
    [InlineData("{" + Rest + ", \"command\": \"sleep 1\"}", "command", "an array")]
    [InlineData("{" + Rest + ", \"args\": [\"a\", 1]}", "args[1]", "a string")]
    public async Task Rejects_AFieldThatCannotBeRead(string body, string path, string words)
    {
        var problem = await (await gateway.SubmitTextAsync(body)).ProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");

        Assert.Contains(words, problem["errors"]![path]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"train\"")]
    [InlineData("{")]
    [InlineData("{\"name\": \"a\",}")]
    [InlineData("type: train")]
    public async Task Rejects_ABodyThatIsNoJsonObject(string body) =>
        await (await gateway.SubmitTextAsync(body)).ProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/yaml")]
    [InlineData("text/plain")]
    public async Task Rejects_AnotherMediaType(string mediaType)
    {
        using var content = new StringContent("{" + Rest + "}", Encoding.UTF8, mediaType);

        await (await gateway.Http.PostAsync(new Uri("/projects/team-a/workloads", UriKind.Relative), content)).ProblemAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
    }

    [Theory]
    [InlineData("application/json; charset=utf-7")]
    [InlineData("application/json; charset=nonsense")]
    [InlineData("application/json; charset=\"windows-1252\"")]
    public async Task Rejects_AnotherCharset(string contentType) =>
        await (await PostAsync(contentType)).ProblemAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=UTF-8")]
    [InlineData("application/json; charset=\"utf-8\"")]
    public async Task Accepts_JsonInUtf8(string contentType) => await (await PostAsync(contentType)).BodyAsync(HttpStatusCode.OK);

    private async Task<HttpResponseMessage> PostAsync(string contentType)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("{" + Rest + "}"));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return await gateway.Http.PostAsync("/projects/team-a/workloads?dryRun=true", content);
    }

    [Fact]
    public async Task Rejects_ABodyOfTwoMebibytes()
    {
        // The server hangs up on who sends on after its answer; who asks first hears it in any case.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/projects/team-a/workloads") { Content = new StringContent(new string(' ', 2 * 1024 * 1024), Encoding.UTF8, "application/json") };
        request.Headers.ExpectContinue = true;

        await (await gateway.Http.SendAsync(request)).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE");
    }

    [Theory]
    [InlineData("busybox")]
    [InlineData("gcr.io/run-ai-demo/quickstart")]
    [InlineData("registry.example.org:5000/team/image:v1.2")]
    [InlineData("nvcr.io/nvidia/pytorch:24.01-py3@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    public async Task Accepts_EveryLegalImageReference(string image) =>
        Assert.Equal(HttpStatusCode.OK, (await gateway.SubmitTextAsync($$"""{"type": "train", "name": "image", "image": "{{image}}"}""", query: "?dryRun=true")).StatusCode);

    [Theory]
    [InlineData("train", 63)]
    [InlineData("build", 52)]
    public async Task Accepts_TheLongestName(string type, int length) =>
        Assert.Equal(HttpStatusCode.OK, (await gateway.SubmitTextAsync($$"""{"type": "{{type}}", "name": "{{new string('a', length)}}", "image": "busybox"}""", query: "?dryRun=true")).StatusCode);

    [Theory]
    [InlineData("0.01")]
    [InlineData("0.5")]
    [InlineData("0.50")]
    [InlineData("0.99")]
    [InlineData("5e-1")]
    public async Task Accepts_EveryFractionOfTwoDecimals(string fraction) =>
        Assert.Equal(HttpStatusCode.OK, (await gateway.SubmitTextAsync($$"""{"type": "train", "name": "fraction", "image": "busybox", "gpu": {"fraction": {{fraction}} } }""", query: "?dryRun=true")).StatusCode);

    [Fact]
    public async Task Rejects_AMisspeltQueryParameterInsteadOfSubmitting()
    {
        await (await gateway.SubmitAsync(GatewayHost.Train("misspelt"), query: "?dryrn=true")).ProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");
        await (await gateway.SubmitAsync(GatewayHost.Train("misspelt"), query: "?dryRun=maybe")).ProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");

        await (await gateway.Http.GetAsync(new Uri("/projects/team-a/workloads/misspelt", UriKind.Relative))).ProblemAsync(HttpStatusCode.NotFound, "WORKLOAD_NOT_FOUND");
    }
}
