using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Api.Cluster;
using Gateway.Api.Cluster.Connection;
using Gateway.Api.Observability;
using Gateway.Api.Projects;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Gateway.Api.Tests.Identity;

/// <summary>The gateway gives tokens and submissions only to a server that shows it is the cluster's.</summary>
public sealed class ServerTrustTests
{
    private const string Version = """{"major":"1","minor":"36","gitVersion":"v1.36.0","gitCommit":"","gitTreeState":"","buildDate":"","goVersion":"","compiler":"","platform":""}""";

    [Theory]
    [InlineData("127.0.0.1", null, true)]
    [InlineData("api.cluster.example", "api.cluster.example", true)]
    [InlineData("node-7", null, false)]
    [InlineData("127.0.0.1", "api.cluster.example", false)]
    public async Task Server_NeedsACertificateForItsName(string certified, string? serverName, bool trusted)
    {
        using var authority = Authority("cluster");
        Assert.Equal((trusted, trusted), await AskAsync(authority, authority, certified, serverName));
    }

    [Fact]
    public async Task Server_NeedsACertificateOfTheClustersAuthority()
    {
        using var authority = Authority("cluster");
        using var other = Authority("cluster");
        Assert.Equal((false, false), await AskAsync(trusted: authority, signer: other, "127.0.0.1", serverName: null));
    }

    // What is sent is meant for the cluster alone.
    [Fact]
    public async Task Server_CannotSendTheGatewayElsewhere()
    {
        using var authority = Authority("cluster");
        var asked = new ConcurrentQueue<string>();
        await using var server = await ServeAsync(Certificate(authority, "127.0.0.1"), path =>
        {
            asked.Enqueue(path);
            return Results.Redirect("/elsewhere", preserveMethod: true);
        });
        using var metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var connection = Connect(server, authority, serverName: null, metrics);

        await Assert.ThrowsAsync<ClusterException>(() => connection.Gateway.Version.GetCodeAsync());

        Assert.DoesNotContain("/elsewhere", asked);
    }

    // Whether it takes the server's answer to a call, and to one that goes on.
    private static async Task<(bool Call, bool Stream)> AskAsync(X509Certificate2 trusted, X509Certificate2 signer, string certified, string? serverName)
    {
        await using var server = await ServeAsync(Certificate(signer, certified), _ => Results.Text(Version, "application/json"));
        using var metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var connection = Connect(server, trusted, serverName, metrics);
        return (await AnswersAsync(() => connection.Gateway.Version.GetCodeAsync()), await AnswersAsync(() => connection.OpenAsync(null, "version", shared: true, again: false, default)));
    }

    private static ClusterConnection Connect(WebApplication server, X509Certificate2 trusted, string? serverName, IServiceProvider metrics) => new(
        new() { Host = server.Urls.Single(), SslCaCerts = [trusted], TlsServerName = serverName },
        new ClusterOptions(),
        new ProjectOptions(),
        TimeProvider.System,
        new GatewayMetrics(metrics.GetRequiredService<IMeterFactory>()),
        NullLogger<ClusterConnection>.Instance);

    private static async Task<bool> AnswersAsync(Func<Task> ask)
    {
        try
        {
            await ask();
            return true;
        }
        catch (ClusterException e) when (e.Message.Contains("SecureConnectionError", StringComparison.Ordinal))
        {
            return false;
        }
    }

    private static async Task<WebApplication> ServeAsync(X509Certificate2 certificate, Func<string, IResult> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        builder.WebHost.UseKestrelHttpsConfiguration();
        var server = builder.Build();
        server.MapFallback((HttpContext context) => answer(context.Request.Path));
        await server.StartAsync();
        return server;
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static X509Certificate2 Certificate(X509Certificate2 authority, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=server", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(authority, authority.NotBefore, authority.NotAfter, [1]);
        return signed.CopyWithPrivateKey(key);
    }
}
