using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace Gateway.Api.Tests.Observability;

/// <summary>What is written where no terminal is, by a process of its own.</summary>
public sealed class LogFormatTests
{
    [Fact]
    public async Task Log_WithoutATerminal_IsJson()
    {
        var line = JsonNode.Parse(await StartedAsync())!;

        Assert.NotNull(line["@t"]);
        Assert.Contains("listens on", (string)line["@m"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_WhereSettingsSayHow_IsAsTheySay() =>
        Assert.StartsWith("mine: Workload gateway", await StartedAsync("Serilog__WriteTo__0__Name=Console", "Serilog__WriteTo__0__Args__outputTemplate=mine: {Message:lj}{NewLine}"), StringComparison.Ordinal);

    private static async Task<string> StartedAsync(params string[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "--urls", "http://127.0.0.1:0", "--Management:Port", "0"]) { RedirectStandardOutput = true };
        foreach (var setting in settings)
            start.Environment[setting.Split('=', 2)[0]] = setting.Split('=', 2)[1];
        using var gateway = Process.Start(start)!;
        try
        {
            while (await gateway.StandardOutput.ReadLineAsync() is { } line)
            {
                if (line.Contains("listens on", StringComparison.Ordinal))
                    return line;
            }
            throw new InvalidOperationException("The gateway ended before it had started.");
        }
        finally
        {
            gateway.Kill();
        }
    }
}
