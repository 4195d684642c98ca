using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Gateway.Chart.Tests.Rendering;

namespace Gateway.Chart.Tests.Image;

/// <summary>The published gateway, started as the image starts it, except that its ports are free ones.</summary>
internal sealed class PublishedGateway : IDisposable
{
    private readonly Process process;

    private PublishedGateway(Process process) => this.process = process;

    public int ApiPort { get; } = FreePort();

    public int ManagementPort { get; } = FreePort();

    public static async Task<PublishedGateway> StartAsync(string app)
    {
        var started = new PublishedGateway(new Process());
        var image = Dockerfile.Read();
        var entry = image.Last.Single(instruction => instruction.Name == "ENTRYPOINT").Text.Split('"').Where((_, index) => index % 2 == 1).ToArray();
        var start = new ProcessStartInfo(entry[0], [.. entry[1..], "--Cluster:Mode=Embedded", $"--Management:Port={started.ManagementPort}"])
        {
            WorkingDirectory = app,
            RedirectStandardOutput = true,
        };
        start.Environment.Clear();
        foreach (var name in (string[])["PATH", "HOME", "DOTNET_ROOT"])
            start.Environment[name] = Environment.GetEnvironmentVariable(name);
        foreach (var (name, value) in image.Environment)
            start.Environment[name] = value.Replace("8080", $"{started.ApiPort}", StringComparison.Ordinal);
        started.process.StartInfo = start;
        started.process.Start();
        while (await started.process.StandardOutput.ReadLineAsync() is { } line && !line.Contains("listens on", StringComparison.Ordinal))
        {
        }
        _ = started.process.StandardOutput.ReadToEndAsync();
        return started;
    }

    /// <summary>The addresses that somebody listens on at a port.</summary>
    public static IEnumerable<IPAddress> Listeners(int port) =>
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(listener => listener.Port == port).Select(listener => listener.Address);

    /// <summary>Runs the script of `helm test` against it.</summary>
    public Task<(int Code, string Output, string Errors)> TestAsync()
    {
        var start = new ProcessStartInfo("sh", [Path.Combine(Repository.Chart, "files", "submit.sh")]);
        (start.Environment["GATEWAY"], start.Environment["PROJECT"], start.Environment["NAME"]) = ($"http://localhost:{ApiPort}", "team-a", "gateway-test");
        (start.Environment["IMAGE"], start.Environment["PHASES"], start.Environment["SECONDS_TO_WAIT"]) = ("busybox", "Pending Initializing Running Completed", "60");
        return Tool.RunAsync(start);
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
