using System.Diagnostics;
using Gateway.Chart.Tests.Rendering;
using Xunit;

namespace Gateway.Chart.Tests.Pages;

/// <summary>docs/install.md, followed word for word in the cluster of kubectl's current context, which has to have the image and the namespaces of the page.</summary>
public sealed class InstalledTests
{
    [ProgramFact("helm", "kubectl", "bash")]
    public async Task Chart_RenderedByTheCommandOfThePage_HasTheDeployment()
    {
        using var folder = new Checkout();

        await folder.RunAsync(InstallPage.Commands("Without Helm in the cluster").Single(command => command.StartsWith("helm template", StringComparison.Ordinal)));

        Assert.Contains(RenderedChart.Read(await File.ReadAllTextAsync(folder.At("gateway.yaml"))).Objects, item => item.Kind == "Deployment");
    }

    [InstalledFact("helm", "kubectl", "curl", "bash")]
    public async Task Page_FollowedWordForWord_InstallsUsesUpgradesAndUninstalls()
    {
        using var folder = new Checkout();
        await File.WriteAllTextAsync(folder.At("values.yaml"), InstallPage.Block("With Helm", "yaml", 0));

        await folder.RunAsync(InstallPage.Block("With Helm", "bash", 0));
        var listed = await folder.RunAsync($"trap 'kill %1' EXIT\n{InstallPage.Block("With Helm", "bash", 1)}");
        Assert.Contains("\"items\":[", listed, StringComparison.Ordinal);
        await folder.RunAsync(InstallPage.Block("Add a project later", "bash", 0));
        await folder.RunAsync(InstallPage.Block("Upgrade", "bash", 0));
        await folder.RunAsync(InstallPage.Block("Uninstall", "bash", 0));
        await folder.RunAsync(InstallPage.Block("Uninstall", "bash", 1));
    }

    // What the page says, what is tried of it, and where: a command that nobody tries fails here.
    [Fact]
    public void Page_HasNoCommandThatNobodyTries()
    {
        string[] tried = ["With Helm", "Add a project later", "Uninstall", "Upgrade"];
        string[] otherwise =
        [
            // ImageTests runs the Dockerfile's steps; the workflow's kind job runs the image, its release job this very build.
            "docker buildx build ",
            // The test above, and StrictTests, which creates every rendered object.
            "kubectl create namespace workload-gateway", "helm template gateway ", "kubectl apply --filename gateway.yaml",
        ];

        var rest = InstallPage.Headings.Except(tried).SelectMany(InstallPage.Commands).ToArray();

        Assert.All(rest, command => Assert.Contains(otherwise, known => command.StartsWith(known, StringComparison.Ordinal)));
        Assert.Equal(otherwise.Length, rest.Length);
        Assert.Equal([2, 1, 2, 1], tried.Select(heading => InstallPage.Blocks(heading, "bash").Count));
    }

    /// <summary>A folder in which the page's paths are those of the repository, and what it writes is not.</summary>
    private sealed class Checkout : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("install-");

        public Checkout() => Directory.CreateSymbolicLink(At("helm"), Path.Combine(Repository.Root, "helm"));

        public string At(string name) => Path.Combine(_folder.FullName, name);

        public async Task<string> RunAsync(string commands)
        {
            var (code, output, errors) = await Tool.RunAsync(new ProcessStartInfo("bash", ["-ec", commands]) { WorkingDirectory = _folder.FullName });
            Assert.True(code == 0, $"{commands}\n{output}\n{errors}");
            return output;
        }

        public void Dispose()
        {
            File.Delete(At("helm"));
            _folder.Delete(recursive: true);
        }
    }
}
