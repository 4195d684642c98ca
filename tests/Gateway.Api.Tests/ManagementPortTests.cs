using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gateway.Api.Tests;

/// <summary>Two ports, told apart by the connection and by nothing that a caller says.</summary>
public sealed class ManagementPortTests : IDisposable
{
    private readonly WebApplicationFactory<Program> _factory;
    private readonly int _management = Ports.Free();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public ManagementPortTests()
    {
        _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(web =>
            web.UseSetting("urls", $"http://127.0.0.1:{Ports.Free()}").UseSetting("Management:Port", $"{_management}").UseSetting("Serilog:MinimumLevel:Default", "Fatal"));
        _factory.UseKestrel();
        _factory.StartServer();
    }

    [Theory]
    [InlineData("/healthz/live", 200)]
    [InlineData("/healthz/ready", 200)]
    [InlineData("/projects/team-a/workloads", 404)]
    [InlineData("/openapi/v1.json", 404)]
    [InlineData("/swagger/index.html", 404)]
    [InlineData("/", 404)]
    public async Task ManagementPort_OfEveryAddress_ServesHealthOnly(string path, int status) => Assert.Equal(status, await StatusAsync(_management, path));

    [Theory]
    [InlineData("/healthz/live", 404)]
    [InlineData("/healthz/ready", 404)]
    [InlineData("/projects/team-a/workloads", 200)]
    [InlineData("/openapi/v1.json", 200)]
    [InlineData("/swagger/index.html", 200)]
    public async Task ApiPort_WhateverTheHostHeaderSays_ServesNoHealth(string path, int status) => Assert.Equal(status, await StatusAsync(ApiPort(), path));

    public void Dispose()
    {
        _http.Dispose();
        _factory.Dispose();
    }

    private async Task<int> StatusAsync(int port, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}{path}");
        request.Headers.Host = $"127.0.0.1:{_management}";
        return (int)(await _http.SendAsync(request)).StatusCode;
    }

    private int ApiPort() => _factory.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
        .Select(address => new Uri(address).Port).First(port => port != _management);
}
