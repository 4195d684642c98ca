using System.Diagnostics;
using Xunit;

namespace Gateway.Api.Tests;

/// <summary>What stops the start, run as a process of its own.</summary>
public sealed class StartTests
{
    private const string Kubeconfig =
        """
        apiVersion: v1
        kind: Config
        current-context: one
        contexts: [{name: one, context: {cluster: one, user: one}}]
        clusters: [{name: one, cluster: {server: "https://127.0.0.1:1"}}]
        users: [{name: one, user: {token: secret-token}}]
        """;

    [Fact]
    public async Task Start_InAPodWithoutAToken_StopsAndSaysWhy()
    {
        var (code, said) = await RunAsync("KUBERNETES_SERVICE_HOST=10.0.0.1");

        Assert.Equal(1, code);
        Assert.Contains("there is no service account token", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OnARealClusterWithoutAuthentication_StopsAndSaysWhy()
    {
        var kubeconfig = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(kubeconfig, Kubeconfig);

        var (code, said) = await RunAsync("Cluster__Mode=Kubeconfig", $"Cluster__Kubeconfig={kubeconfig}");

        Assert.Equal(1, code);
        Assert.Contains("Authentication:AllowAnonymous", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAKubeconfigThatIsNotThere_StopsAndNamesIt()
    {
        var (code, said) = await RunAsync("Cluster__Mode=Kubeconfig", "Cluster__Kubeconfig=/nowhere/config", "Authentication__AllowAnonymous=true");

        Assert.Equal(1, code);
        Assert.Contains("/nowhere/config", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Cluster__Mode=Nonsense", "Cluster:Mode")]
    [InlineData("Cluster__Mode=99", "Cluster:Mode")]
    [InlineData("Cluster__CallTimeout=soon", "Cluster:CallTimeout")]
    [InlineData("Cluster__CallTimeout=-00:00:05", "Cluster:CallTimeout")]
    [InlineData("Projects__Label=a b,c", "Projects:Label")]
    [InlineData("Management__Port=99999", "Management:Port")]
    [InlineData("Server__PathBase=gateway", "Server:PathBase")]
    [InlineData("Projects__Label=", "Projects:Label")]
    public async Task Start_WithAWrongSetting_StopsAndNamesIt(string setting, string name)
    {
        var (code, said) = await RunAsync(setting);

        Assert.Equal(1, code);
        Assert.Contains(name, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said)> RunAsync(params string[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Gateway.Api.dll"), "--urls=http://127.0.0.1:0"]) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var setting in environment)
            start.Environment[setting.Split('=')[0]] = setting.Split('=')[1];
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync() + await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }
}
