using System.Diagnostics;
using System.Globalization;

namespace Gateway.Bench.Measuring;

/// <summary>A server that runs by itself, so that its memory and processor time are its own.</summary>
internal sealed class MeasuredServer : IDisposable
{
    private readonly Process server;

    private MeasuredServer(Process server, Uri address) => (this.server, Address) = (server, address);

    public Uri Address { get; }

    /// <summary>Whether it has not ended by itself.</summary>
    public bool Runs => !server.HasExited;

    /// <summary>The processor time it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            server.Refresh();
            return server.TotalProcessorTime;
        }
    }

    /// <summary>The memory that is its own alone, in MB: <c>RssAnon</c>.</summary>
    public double Megabytes
    {
        get
        {
            var line = File.ReadLines($"/proc/{server.Id}/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
        }
    }

    /// <summary>Starts a program of .NET; it serves once its error output holds the mark, followed by an address.</summary>
    public static async Task<MeasuredServer> StartAsync(string program, string mark, params string[] arguments)
    {
        var server = Start(program, arguments);
        while (await server.StandardError.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith(mark, StringComparison.Ordinal)) continue;
            return new MeasuredServer(server, new Uri(line[mark.Length..].Split(',')[0].Trim()));
        }
        throw new InvalidOperationException($"{program} ended before it served.");
    }

    /// <summary>Starts a program of .NET that is asked for whether it is ready.</summary>
    public static async Task<MeasuredServer> StartAsync(string program, Uri address, Uri ready, string[] arguments, int? heapMiB = null)
    {
        var server = Start(program, arguments, heapMiB);
        server.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        server.BeginErrorReadLine();
        using var client = new HttpClient();
        while (!server.HasExited)
        {
            try
            {
                if ((await client.GetAsync(ready)).IsSuccessStatusCode) return new MeasuredServer(server, address);
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
            await Task.Delay(20);
        }
        throw new InvalidOperationException($"{program} ended before it served.");
    }

    public void Dispose()
    {
        server.Kill();
        server.WaitForExit();
        server.Dispose();
    }

    private static Process Start(string program, string[] arguments, int? heapMiB = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // As the image has it.
            Environment = { ["MALLOC_ARENA_MAX"] = "2" },
        };
        if (heapMiB is { } limit) start.Environment["DOTNET_GCHeapHardLimit"] = $"0x{(long)limit << 20:x}";
        var server = Process.Start(start)!;
        server.OutputDataReceived += (_, _) => { };
        server.BeginOutputReadLine();
        return server;
    }
}
