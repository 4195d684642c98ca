using System.Diagnostics;
using Xunit;

namespace Gateway.Api.Tests.Faults;

/// <summary>A gateway that runs as a process of its own, and can be killed and started again at the same address.</summary>
internal sealed class GatewayProcess : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(1);

    private readonly string _kubeconfig;
    private readonly string[] _settings;
    private Process? _process;

    public GatewayProcess(string kubeconfig, params string[] settings) => (_kubeconfig, _settings, Address) = (kubeconfig, settings, new($"http://127.0.0.1:{Ports.Free()}"));

    public Uri Address { get; }

    /// <summary>Starts it; it answers once this returns, or lives at least.</summary>
    public async Task StartAsync(string until = "/healthz/ready")
    {
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Gateway.Api.dll"), $"--urls={Address}", "--Management:Port=0", "--Cluster:Mode=Kubeconfig", $"--Cluster:Kubeconfig={_kubeconfig}",
            "--Authentication:Mode=Anonymous", "--Authentication:AllowAnonymous=true", "--RateLimits:Caller:PerSecond=0", "--RateLimits:Project:PerSecond=0", "--Cluster:ConnectTimeout=00:01:00", "--Serilog:MinimumLevel:Default=Fatal", "--Server:LeaveAfter=00:00:00", .. _settings,
        ];
        _process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var http = new HttpClient { BaseAddress = Address };
        using var end = new CancellationTokenSource(LongestStart);
        while (!await AnswersAsync(http, until, end.Token))
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

    /// <summary>Tells it to stop, as Kubernetes does: its exit code, once it has ended.</summary>
    public async Task<int> TerminateAsync()
    {
        using var end = new CancellationTokenSource(LongestStart);
        using var kill = Process.Start("kill", $"-TERM {_process!.Id}");
        await _process.WaitForExitAsync(end.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
            _process.Kill();
        _process?.Dispose();
    }

    private static async Task<bool> AnswersAsync(HttpClient http, string path, CancellationToken cancellationToken)
    {
        try
        {
            return (await http.GetAsync(path, cancellationToken)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
