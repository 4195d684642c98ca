using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Gateway.Bench.Gateway;

/// <summary>The gateway as it is in the image: compiled ahead, which a build for tests is not.</summary>
internal static class Published
{
    private static readonly Lazy<string> Made = new(Publish);

    /// <summary>The program.</summary>
    public static string Program => Made.Value;

    private static string Publish()
    {
        var place = Path.Combine(AppContext.BaseDirectory, "published");
        Console.WriteLine("The gateway is published, as for its image.");
        string[] arguments =
        [
            "publish", Path.Combine(Repository(), "src", "Gateway.Api"), "--configuration", "Release", "--runtime", RuntimeInformation.RuntimeIdentifier, "--no-self-contained",
            "--output", place, "-p:PublishReadyToRun=true", "--verbosity", "quiet", "--nologo",
        ];
        using var publish = Process.Start("dotnet", arguments);
        publish.WaitForExit();
        return publish.ExitCode == 0 ? Path.Combine(place, "Gateway.Api.dll") : throw new InvalidOperationException("The gateway could not be published.");
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Gateway.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("This is not in the repository.");
        return folder.FullName;
    }
}
