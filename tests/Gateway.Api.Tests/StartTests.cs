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
    public async Task Start_OnARealClusterOpenToAll_StopsAndSaysWhy()
    {
        var kubeconfig = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(kubeconfig, Kubeconfig);

        var (code, said) = await RunAsync("Cluster__Mode=Kubeconfig", $"Cluster__Kubeconfig={kubeconfig}", "Authentication__Mode=Anonymous");

        Assert.Equal(1, code);
        Assert.Contains("Authentication:AllowAnonymous", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAKubeconfigThatIsNotThere_StopsAndNamesIt()
    {
        var (code, said) = await RunAsync("Cluster__Mode=Kubeconfig", "Cluster__Kubeconfig=/nowhere/config");

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
    [InlineData("Kestrel__Endpoints__Api__Url=http://127.0.0.1:0", "Kestrel:Endpoints")]
    [InlineData("Server__PathBase=gateway", "Server:PathBase")]
    [InlineData("Projects__Label=", "Projects:Label")]
    [InlineData("Scheduler__Dialect=Slurm", "Scheduler:Dialect")]
    [InlineData("Scheduler__Dialect=7", "Scheduler:Dialect")]
    [InlineData("Scheduler__Name=A B", "Scheduler:Name")]
    [InlineData("Scheduler__QueueLabel=a b", "Scheduler:QueueLabel")]
    [InlineData("Scheduler__Defaults__job__Preemptible=true", "Scheduler:Defaults")]
    [InlineData("Scheduler__Defaults__train__PriorityClass=none", "Scheduler:Defaults")]
    [InlineData("Policy__MaxGpu=1", "MaxGpu")]
    [InlineData("Projects__ServiceAccount=a b", "Projects:ServiceAccount")]
    [InlineData("Projects__TokenLifetime=00:09:59", "Projects:TokenLifetime")]
    [InlineData("Server__TrustedProxies__0=everyone", "Server:TrustedProxies")]
    [InlineData("Server__Hosts__0=https://gateway.example.org", "Server:Hosts")]
    [InlineData("Server__Hosts__0=gateway.example.org:8080", "Server:Hosts")]
    [InlineData("Server__Hosts__0=*.", "Server:Hosts")]
    [InlineData("Server__Hosts__0=2001:db8::1", "Server:Hosts")]
    [InlineData("Authentication__FailuresPerAddress=20", "Authentication:FailuresPerAddress is gone")]
    [InlineData("Authentication__FailedReviewsPerSecond=3", "Authentication:FailedReviewsPerSecond")]
    [InlineData("RateLimits__Caller__Burst=1", "RateLimits")]
    [InlineData("Authentication__Mode=Password", "Authentication:Mode")]
    [InlineData("Authentication__Mode=64", "Authentication:Mode")]
    [InlineData("Authentication__Mode=Oidc", "Authentication:Oidc")]
    [InlineData("Authentication__Oidc__0__Issuer=https://issuer.example", "Authentication:Oidc")]
    [InlineData("Authentication__Audience=", "Authentication:Audience")]
    [InlineData("Authentication__RememberFor=00:01:00", "Authentication:RememberFor")]
    public async Task Start_WithAWrongSetting_StopsAndNamesIt(string setting, string name)
    {
        var (code, said) = await RunAsync(setting);

        Assert.Equal(1, code);
        Assert.Contains(name, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1__Issuer=https://other.example", "none of which another begins with")]
    [InlineData("Issuer=http://issuer.example", "https")]
    [InlineData("Audience=", "Audience")]
    [InlineData("UsernameClaim=", "UsernameClaim")]
    [InlineData("UsernamePrefix=system:", "system:")]
    [InlineData("GroupsPrefix=system:", "system:")]
    public async Task Start_WithAWrongIssuer_StopsAndNamesIt(string setting, string name)
    {
        var (code, said) = await RunAsync(
            "Authentication__Mode=Oidc", "Authentication__Oidc__0__Issuer=https://issuer.example", "Authentication__Oidc__0__Audience=gateway", char.IsDigit(setting[0]) ? $"Authentication__Oidc__{setting}" : $"Authentication__Oidc__0__{setting}");

        Assert.Equal(1, code);
        Assert.Contains("Authentication:Oidc:", said, StringComparison.Ordinal);
        Assert.Contains(name, said, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said)> RunAsync(params string[] environment)
    {
        // One that starts after all would run for ever.
        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Gateway.Api.dll"), "--urls=http://127.0.0.1:0"]) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var setting in environment)
            start.Environment[setting.Split('=')[0]] = setting.Split('=')[1];
        using var process = Process.Start(start)!;
        using var kill = end.Token.Register(process.Kill);
        var said = await process.StandardError.ReadToEndAsync() + await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }
}
