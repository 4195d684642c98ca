using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Api.Tests.Clusters;
using k8s;
using Xunit;

namespace Gateway.Api.Tests.Hosting;

/// <summary>What a page of another site can have a browser do here: nothing that changes anything.</summary>
public sealed class CrossSiteTests : IAsyncLifetime, IAsyncDisposable
{
    private const string Workloads = "/projects/team-a/workloads";

    private readonly GatewayHost _host = new() { Settings = new() { ["Server:Hosts:0"] = "gateway.example.org" } };

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        (await _host.SubmitAsync(GatewayHost.Train("here"))).EnsureSuccessStatusCode();
    }

    public Task DisposeAsync() => ((IAsyncLifetime)_host).DisposeAsync();

    ValueTask IAsyncDisposable.DisposeAsync() => _host.DisposeAsync();

    public static TheoryData<string, string, string?> Changes() => new()
    {
        { "POST", Workloads, """{"type": "train", "name": "new", "image": "busybox"}""" },
        { "POST", $"{Workloads}/batch", """{"workloads": [{"type": "train", "name": "new", "image": "busybox"}]}""" },
        { "POST", $"{Workloads}/batch-delete", """{"names": ["here"]}""" },
        { "POST", $"{Workloads}/here/suspend", null },
        { "POST", $"{Workloads}/here/resume", null },
        { "DELETE", $"{Workloads}/here", null },
    };

    [EmbeddedTheory("looks at everything in the namespace")]
    [MemberData(nameof(Changes))]
    public async Task Rejects_AChangeThatAnotherSiteSends(string method, string path, string? body)
    {
        var own = $"{_host.Http.BaseAddress!.Scheme}://{_host.Http.BaseAddress.Authority}";
        (string Name, string Value)[][] foreign =
        [
            [("Origin", "https://evil.example")],
            [("Origin", "null")],
            [("Origin", "")],
            [("Origin", "http://127.0.0.1:1")],
            [("Origin", $"https://{_host.Http.BaseAddress.Host}")],
            [("Origin", $"{own}.evil.example")],
            [("Sec-Fetch-Site", "cross-site")],
            [("Sec-Fetch-Site", "same-site"), ("Origin", "http://127.0.0.1:1")],
            [("Sec-Fetch-Site", "cross-site"), ("Origin", own)],
        ];

        foreach (var headers in foreign)
            await (await SendAsync(method, path, body, headers)).ProblemAsync(HttpStatusCode.Forbidden, "CROSS_SITE_REQUEST");

        var left = Assert.Single((await _host.Cluster.BatchV1.ListNamespacedJobAsync("runai-team-a")).Items);
        Assert.Equal(("here", false), (left.Metadata.Name, left.Spec.Suspend ?? false));
    }

    [EmbeddedTheory("changes what every test has")]
    [MemberData(nameof(Changes))]
    public async Task Accepts_AChangeOfItsOwnPages(string method, string path, string? body)
    {
        var own = $"{_host.Http.BaseAddress!.Scheme}://{_host.Http.BaseAddress.Authority}";
        (string Name, string Value)[][] known =
        [
            [],
            [("Origin", own)],
            [("Origin", "https://gateway.example.org")],
            [("Sec-Fetch-Site", "same-origin"), ("Origin", own)],
            [("Sec-Fetch-Site", "none")],
            [("Sec-Fetch-Site", "cross-site"), ("Origin", "https://gateway.example.org:8443")],
        ];

        foreach (var headers in known)
        {
            var answer = await SendAsync(method, path, body, headers);
            // What is done already is refused as such, and not for who sent it.
            Assert.NotEqual(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.NotEqual(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        }
    }

    // It cannot read the answer either: nothing here says that it may.
    [Fact]
    public async Task Reads_OfAnotherSite_AreAnsweredForNoPageToSee()
    {
        foreach (var path in (string[])["/me", Workloads, $"{Workloads}/here"])
        {
            var answer = await SendAsync("GET", path, null, [("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site")]);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        }

        var asked = await SendAsync("OPTIONS", Workloads, null, [("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST")]);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, asked.StatusCode);
    }

    // No browser sends a token by itself, so that a portal of another name may pass on what it got.
    [Fact]
    public async Task Accepts_AChangeWithATokenFromAnySite()
    {
        (string, string)[] headers = [("Origin", "https://portal.example"), ("Authorization", $"Bearer {_host.AdminToken}")];
        var answer = await SendAsync("POST", $"{Workloads}/here/suspend", null, headers);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/xml")]
    [InlineData(null)]
    public async Task Rejects_ABodyThatIsNotSaidToBeJson(string? type)
    {
        foreach (var (method, path) in Changes().Select(row => ((string)row[0], (string)row[1])))
            await (await SendBodyAsync(method, path, "{}", type)).ProblemAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
    }

    [Theory]
    [InlineData("{}", "application/json")]
    [InlineData("", "application/x-www-form-urlencoded")]
    [InlineData("", "text/plain")]
    [InlineData("", null)]
    public async Task Accepts_AChangeWithoutABodyOrWithJson(string body, string? type)
    {
        Assert.Equal(HttpStatusCode.Accepted, (await SendBodyAsync("POST", $"{Workloads}/here/suspend", body, type)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await SendBodyAsync("DELETE", $"{Workloads}/here", body, type)).StatusCode);
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string? body, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return await _host.Http.SendAsync(request);
    }

    private async Task<HttpResponseMessage> SendBodyAsync(string method, string path, string body, string? type)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return await _host.Http.SendAsync(request);
    }
}
