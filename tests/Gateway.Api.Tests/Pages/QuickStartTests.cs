using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace Gateway.Api.Tests.Pages;

/// <summary>README's "Try it", followed word for word, but for the port, which may be taken.</summary>
public sealed partial class QuickStartTests
{
    private static readonly string Section = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).Split("\n## Try it\n")[1].Split("\n## ")[0];

    [ProgramFact("dotnet", "bash", "curl")]
    public async Task QuickStart_FollowedWordForWord_GivesWhatItShows()
    {
        var blocks = Blocks("bash");
        Assert.Equal(5, blocks.Length);
        Assert.Equal(["dotnet run --project src/Gateway.Api", "dotnet test"], blocks[0].Split('\n').Select(line => line.Split('#')[0].Trim()));
        Assert.All(blocks[1..].SelectMany(Commands), command => Assert.StartsWith("curl ", command, StringComparison.Ordinal));

        using var gateway = Start(blocks[0].Split('\n')[0]);
        try
        {
            var address = await AddressAsync(gateway);
            var submitted = await RunAsync(blocks[1], address);
            AssertShown(Blocks("")[0], submitted);
            await UntilAsync(address, "\"phase\":\"Running\"");
            var read = await RunAsync(blocks[2], address);
            AssertShown(Blocks("")[1], read);
            AssertInOrder(Blocks("yaml")[0], read);
            Assert.Contains("\"name\":\"notebook-1\"", await RunAsync(blocks[3], address), StringComparison.Ordinal);
            var listed = await RunAsync(blocks[4], address);
            Assert.Matches("notebook-1.*resnet-50.*\"total\":2", listed);
            Assert.Equal(2, listed.Split("\"phase\":\"Deleting\"").Length - 1);
        }
        finally
        {
            gateway.Kill(entireProcessTree: true);
        }
    }

    private static string[] Blocks(string language) => [.. Fences().Matches(Section).Where(fence => fence.Groups["language"].Value == language).Select(fence => fence.Groups["text"].Value.Trim())];

    private static string[] Commands(string block) => block.Replace("\\\n", "", StringComparison.Ordinal).Split('\n');

    // Every name of a header, every name of a member and every phase that is shown is in the answer.
    private static void AssertShown(string shown, string answer)
    {
        var words = Words().Matches(shown).Select(match => match.Value).ToArray();
        Assert.NotEmpty(words);
        Assert.All(words, word => Assert.Contains(word, answer, StringComparison.Ordinal));
    }

    private static void AssertInOrder(string shown, string answer)
    {
        var at = 0;
        foreach (var line in shown.Split('\n').Where(line => line != "…"))
        {
            at = answer.IndexOf($"{line}\n", at, StringComparison.Ordinal);
            Assert.True(at >= 0, $"the manifest has no line: {line}");
        }
    }

    private static Process Start(string command)
    {
        var start = new ProcessStartInfo("bash", ["-c", command]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true };
        (start.Environment["ASPNETCORE_URLS"], start.Environment["Management__Port"]) = ("http://127.0.0.1:0", "0");
        return Process.Start(start)!;
    }

    private static async Task<string> AddressAsync(Process gateway)
    {
        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (await gateway.StandardOutput.ReadLineAsync(end.Token) is { } line)
        {
            if (Listening().Match(line) is { Success: true } found)
            {
                _ = gateway.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return found.Groups[1].Value;
            }
        }
        throw new InvalidOperationException("The gateway did not start.");
    }

    private static async Task UntilAsync(string address, string text)
    {
        using var http = new HttpClient();
        await GatewayHost.UntilAsync(async () => (await http.GetStringAsync(new Uri($"{address}/projects/team-a/workloads/resnet-50"))).Contains(text, StringComparison.Ordinal));
    }

    private static async Task<string> RunAsync(string block, string address)
    {
        var start = new ProcessStartInfo("bash", ["-ec", block.Replace("http://localhost:8080", address, StringComparison.Ordinal)]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return said;
    }

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();

    [GeneratedRegex("^HTTP/1.1 \\d+ \\w+|^[A-Z][\\w-]+: |\"\\w+\":|\"(?:Running|Creating)\"", RegexOptions.Multiline)]
    private static partial Regex Words();

    [GeneratedRegex(@"listens on.*?(http://[\d.:]+)")]
    private static partial Regex Listening();
}
