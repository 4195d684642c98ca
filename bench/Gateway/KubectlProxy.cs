using System.ComponentModel;
using System.Diagnostics;

namespace Gateway.Bench.Gateway;

/// <summary>`kubectl proxy`: a plain reverse proxy before the API server, for comparison.</summary>
internal sealed class KubectlProxy : IDisposable
{
    private const string Mark = "Starting to serve on ";

    private readonly Process process;

    private KubectlProxy(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>The processor time it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it; null where there is no kubectl.</summary>
    public static async Task<KubectlProxy?> StartAsync(string kubeconfig)
    {
        try
        {
            var process = Process.Start(new ProcessStartInfo("kubectl", ["proxy", "--port=0", $"--kubeconfig={kubeconfig}"]) { RedirectStandardOutput = true })!;
            while (await process.StandardOutput.ReadLineAsync() is { } line)
            {
                if (line.StartsWith(Mark, StringComparison.Ordinal)) return new KubectlProxy(process, new Uri($"http://{line[Mark.Length..]}"));
            }
            throw new InvalidOperationException("kubectl proxy ended before it served.");
        }
        catch (Win32Exception)
        {
            Console.Error.WriteLine("There is no kubectl: its figures are left out.");
            return null;
        }
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
