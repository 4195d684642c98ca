using System.Net;
using System.Net.Http.Headers;
using Xunit;

namespace Gateway.Api.Tests.Hosting;

/// <summary>By which names the gateway lets itself be called: a page that has its own name lead to this machine gets nothing.</summary>
public sealed class HostNameTests
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("localhost:8080")]
    [InlineData("LocalHost")]
    [InlineData("gateway.localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("127.9.8.7:1")]
    [InlineData("[::1]")]
    [InlineData("[::1]:8080")]
    public async Task Accepts_NamesOfThisMachine(string host)
    {
        await using var gateway = await StartAsync([]);

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(gateway, host)).StatusCode);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:8080")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("evil-localhost")]
    [InlineData("10.1.2.3")]
    [InlineData("0.0.0.0")]
    [InlineData("[::]")]
    [InlineData("[::ffff:10.1.2.3]")]
    [InlineData("[2001:db8::1]:8080")]
    public async Task Rejects_OtherNamesWhereNobodySignsIn(string host)
    {
        await using var gateway = await StartAsync([]);

        foreach (var path in (string[])["/me", "/projects/team-a/workloads", "/swagger/index.html", "/openapi/v1.json", "/", "/nowhere"])
            await (await AskAsync(gateway, host, path)).ProblemAsync(HttpStatusCode.MisdirectedRequest, "UNKNOWN_HOST");
    }

    [Theory]
    [InlineData("gateway.example.org", true)]
    [InlineData("Gateway.Example.org:8443", true)]
    [InlineData("a.lab.example", true)]
    [InlineData("b.a.lab.example", true)]
    [InlineData("10.0.0.7:8080", true)]
    [InlineData("[2001:db8::1]", true)]
    [InlineData("localhost", true)]
    [InlineData("lab.example", false)]
    [InlineData("example.org", false)]
    [InlineData("a.gateway.example.org", false)]
    [InlineData("10.0.0.8", false)]
    public async Task Names_ThatAreConfigured_AreTakenBesides(string host, bool taken)
    {
        await using var gateway = await StartAsync(new()
        {
            ["Server:Hosts:0"] = "gateway.example.org",
            ["Server:Hosts:1"] = "*.lab.example",
            ["Server:Hosts:2"] = "10.0.0.7",
            ["Server:Hosts:3"] = "[2001:db8::1]",
        });

        Assert.Equal(taken ? HttpStatusCode.OK : HttpStatusCode.MisdirectedRequest, (await AskAsync(gateway, host)).StatusCode);
    }

    [Fact]
    public async Task Names_WhereEveryNameIsConfigured_AreAllTaken()
    {
        await using var gateway = await StartAsync(new() { ["Server:Hosts:0"] = "*" });

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(gateway, "anything.example")).StatusCode);
    }

    // A page of another site has no token to send along.
    [Theory]
    [InlineData(null, HttpStatusCode.OK)]
    [InlineData("gateway.example.org", HttpStatusCode.MisdirectedRequest)]
    public async Task Names_WhereEverybodySignsIn_AreLimitedWhereTheyAreConfiguredOnly(string? configured, HttpStatusCode status)
    {
        var settings = new Dictionary<string, string> { ["Authentication:Mode"] = "Kubernetes" };
        if (configured is not null)
            settings["Server:Hosts:0"] = configured;
        await using var gateway = await StartAsync(settings);

        Assert.Equal(status, (await AskAsync(gateway, "10.1.2.3", token: gateway.AdminToken)).StatusCode);
    }

    // Kubelets and Prometheus know a pod by its address, on whichever port it is.
    [Theory]
    [InlineData("/healthz/live")]
    [InlineData("/healthz/ready")]
    [InlineData("/metrics")]
    public async Task Health_ByWhateverName_IsAnswered(string path)
    {
        await using var gateway = await StartAsync([]);

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(gateway, "10.1.2.3:8081", path)).StatusCode);
    }

    private static async Task<GatewayHost> StartAsync(Dictionary<string, string> settings)
    {
        var gateway = new GatewayHost { Settings = settings };
        await gateway.InitializeAsync();
        return gateway;
    }

    private static async Task<HttpResponseMessage> AskAsync(GatewayHost gateway, string host, string path = "/me", string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await gateway.Http.SendAsync(request);
    }
}
