using System.Diagnostics;
using Xunit;

namespace Gateway.Api.Tests.Faults;

/// <summary>A gateway that runs as a process of its own, and can be killed and started again at the same address.</summary>
internal sealed class GatewayProcess : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(1);

    private readonly string _kubeconfig;
    private Process? _process;

    public GatewayProcess(string kubeconfig) => (_kubeconfig, Address) = (kubeconfig, new($"http://127.0.0.1:{Ports.Free()}"));

    public Uri Address { get; }

    /// <summary>Starts it; it answers once this returns.</summary>
    public async Task StartAsync()
    {
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Gateway.Api.dll"), $"--urls={Address}", "--Management:Port=0", "--Cluster:Mode=Kubeconfig", $"--Cluster:Kubeconfig={_kubeconfig}",
            "--Authentication:Mode=Anonymous", "--Authentication:AllowAnonymous=true", "--RateLimits:Caller:PerSecond=0", "--RateLimits:Project:PerSecond=0", "--Serilog:MinimumLevel:Default=Fatal",
        ];
        _process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var http = new HttpClient { BaseAddress = Address };
        using var end = new CancellationTokenSource(LongestStart);
        while (!await IsReadyAsync(http, end.Token))
        {
            Assert.False(_process.HasExited, "The gateway ended before it served.");
            await Task.Delay(50, end.Token);
        }
    }

    /// <summary>Ends it at once, whatever it is doing.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    public void Dispose()
    {
        _process?.Kill();
        _process?.Dispose();
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            return (await http.GetAsync("/healthz/ready", cancellationToken)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
