using System.Diagnostics;
using Gateway.Chart.Tests.Rendering;
using Xunit;

namespace Gateway.Chart.Tests.Image;

/// <summary>Carries out what the Dockerfile's first stage says, in a folder of its own, as far as that needs no container.</summary>
internal sealed class BuildStage : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("image-");

    private string Source => Path.Combine(root.FullName, "source");

    /// <summary>What is published for an architecture, in the words of the builder: amd64 or arm64.</summary>
    public async Task<string> PublishAsync(string architecture)
    {
        var app = Path.Combine(root.FullName, $"app-{architecture}");
        foreach (var instruction in Dockerfile.Read().First)
        {
            if (instruction.Name == "COPY")
                Copy(instruction.Text.Split(' '));
            if (instruction.Name == "RUN")
                await RunAsync(instruction.Text.Replace(" /app ", $" {app} ", StringComparison.Ordinal), architecture);
        }
        return app;
    }

    public void Dispose() => root.Delete(recursive: true);

    private void Copy(string[] paths)
    {
        var allowed = File.ReadAllLines(Path.Combine(Repository.Root, ".dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..]);
        foreach (var path in paths[..^1])
        {
            Assert.Contains(path.Split('/')[0], allowed);
            var (from, to) = (Path.Combine(Repository.Root, path), Path.Combine(Source, paths[^1]));
            if (Directory.Exists(from))
                CopyFolder(from, to);
            else
                CopyFile(from, Path.Combine(to, Path.GetFileName(path)));
        }
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from))
            CopyFile(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj")))
            CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)));
    }

    private static void CopyFile(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to, overwrite: true);
    }

    private async Task RunAsync(string command, string architecture)
    {
        var start = new ProcessStartInfo("bash", ["-ec", command]) { WorkingDirectory = Source };
        // What the test run's own build leaves in the environment is not there in a container; and no build server outlives the test.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        (start.Environment["TARGETARCH"], start.Environment["VERSION"]) = (architecture, "0.1.0");
        (start.Environment["MSBUILDDISABLENODEREUSE"], start.Environment["UseSharedCompilation"]) = ("1", "false");
        var (code, output, errors) = await Tool.RunAsync(start);
        Assert.True(code == 0, output + errors);
    }
}
