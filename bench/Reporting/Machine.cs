using System.Reflection;
using System.Runtime.InteropServices;

namespace Gateway.Bench.Reporting;

/// <summary>Where and when something was measured, and what else the machine had to do.</summary>
internal sealed record Machine(DateTime Time, string Load)
{
    public static Machine Now() => new(DateTime.UtcNow, string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]));

    public override string ToString()
    {
        var processor = File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("model name", StringComparison.Ordinal)).Split(':')[1].Trim();
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30);
        return $"{Time:yyyy-MM-dd HH:mm} UTC on {Environment.ProcessorCount} cores ({processor}), {memory} GiB, {RuntimeInformation.OSDescription}, "
            + $"{RuntimeInformation.FrameworkDescription}, version {Version}; load average before: {Load}.";
    }

    /// <summary>The version with the commit it was built from.</summary>
    private static string Version => Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
