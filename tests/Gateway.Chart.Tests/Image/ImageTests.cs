using System.Net;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Gateway.Chart.Tests.Rendering;
using Gateway.Chart.Tests.Values;
using Xunit;

namespace Gateway.Chart.Tests.Image;

/// <summary>What can be known of the image without a container engine.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ImageTests
{
    // What ReadyToRun code for Linux adds to a machine's number: https://github.com/dotnet/runtime/blob/main/docs/design/coreclr/botr/readytorun-format.md
    private const int Linux = 0x7B79;

    [Fact]
    public void LastStage_HasNoSdkNoShellAndNoRoot()
    {
        var last = Dockerfile.Read().Last;

        Assert.Matches(@"/aspnet:10\.0-[a-z]+-chiseled$", last[0].Text);
        Assert.DoesNotContain(last, instruction => instruction.Name is "RUN" or "HEALTHCHECK");
        Assert.All(last.Where(instruction => instruction.Name == "COPY"), copy => Assert.StartsWith("--from=build /app", copy.Text, StringComparison.Ordinal));
        Assert.Equal(DefaultValues.Read()["podSecurityContext"]!["runAsUser"]!.ToString(), Assert.Single(last, instruction => instruction.Name == "USER").Text);
    }

    [Fact]
    public void BuildStage_RunsOnTheMachineThatBuilds()
    {
        Assert.StartsWith("--platform=$BUILDPLATFORM ", Dockerfile.Read().First[0].Text, StringComparison.Ordinal);
        Assert.All(Dockerfile.Read().First.Where(instruction => instruction.Name == "RUN"), run => Assert.Contains("--arch $TARGETARCH", run.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Labels_AreThoseOfOci() =>
        Assert.All((string[])["title", "description", "version", "revision"], label =>
            Assert.Contains(Dockerfile.Read().Last, instruction => instruction.Name == "LABEL" && instruction.Text.Contains($"org.opencontainers.image.{label}=", StringComparison.Ordinal)));

    // Everything is compiled twice.
    [ImageFact("bash", "sh", "curl")]
    public async Task Output_OfBothArchitectures_IsCompiledAndRunsAlone()
    {
        using var stage = new BuildStage();
        var (amd64, arm64) = (await stage.PublishAsync("amd64"), await stage.PublishAsync("arm64"));

        Assert.Equal((Machine.Amd64, true), Compiled(amd64));
        Assert.Equal((Machine.Arm64, true), Compiled(arm64));
        Assert.All(Directory.EnumerateFiles(amd64, "*", SearchOption.AllDirectories), OthersMayReadAndNotWrite);

        using var gateway = await PublishedGateway.StartAsync(RuntimeInformation.OSArchitecture == Architecture.Arm64 ? arm64 : amd64);
        Assert.All((int[])[gateway.ApiPort, gateway.ManagementPort], port => Assert.Contains(PublishedGateway.Listeners(port), address => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)));
        var (code, said, errors) = await gateway.TestAsync();
        Assert.True(code == 0, said + errors);
    }

    private static (Machine Machine, bool ReadyToRun) Compiled(string app)
    {
        using var reader = new PEReader(File.OpenRead(Path.Combine(app, "Gateway.Api.dll")));
        return ((Machine)((int)reader.PEHeaders.CoffHeader.Machine ^ Linux), reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0);
    }

    private static void OthersMayReadAndNotWrite(string file)
    {
        var mode = File.GetUnixFileMode(file);
        Assert.True(mode.HasFlag(UnixFileMode.OtherRead) && (mode & (UnixFileMode.OtherWrite | UnixFileMode.GroupWrite)) == 0, $"{file}: {mode}");
    }
}
