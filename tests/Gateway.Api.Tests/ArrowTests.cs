using System.Text.RegularExpressions;
using Xunit;

namespace Gateway.Api.Tests;

/// <summary>The arrows of docs/architecture.md: what each folder may use of the project's own namespaces.</summary>
public sealed partial class ArrowTests
{
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Gateway.Core/Workloads"] = [],
        ["Gateway.Core/Scheduling"] = ["Gateway.Core.Workloads"],
        ["Gateway.Core/Manifests"] = ["Gateway.Core.Workloads", "Gateway.Core.Scheduling", "Gateway.Core.Manifests"],
        ["Gateway.Core/Status"] = ["Gateway.Core.Workloads", "Gateway.Core.Scheduling", "Gateway.Core.Manifests", "Gateway.Core.Status"],
        ["Gateway.Core/Usage"] = ["Gateway.Core.Workloads", "Gateway.Core.Scheduling", "Gateway.Core.Manifests", "Gateway.Core.Status"],
        ["Gateway.Core/Listing"] = ["Gateway.Core.Workloads"],
        ["Gateway.Core/Logs"] = ["Gateway.Core.Manifests", "Gateway.Core.Status"],
        ["Gateway.Api/Workloads"] = ["Gateway.Core", "Gateway.Api.Workloads.Batches", "Gateway.Api.Workloads.Policy", "Gateway.Api.Live", "Gateway.Api.Projects", "Gateway.Api.Access", "Gateway.Api.Identity", "Gateway.Api.Auditing", "Gateway.Api.Cluster", "Gateway.Api.Errors", "Gateway.Api.Observability"],
        ["Gateway.Api/Live"] = ["Gateway.Core", "Gateway.Api.Live", "Gateway.Api.Projects", "Gateway.Api.Identity", "Gateway.Api.Cluster", "Gateway.Api.Errors", "Gateway.Api.Observability"],
        ["Gateway.Api/Logs"] = ["Gateway.Core", "Gateway.Api.Logs.Writing", "Gateway.Api.Workloads", "Gateway.Api.Live", "Gateway.Api.Projects", "Gateway.Api.Access", "Gateway.Api.Identity", "Gateway.Api.Cluster", "Gateway.Api.Errors", "Gateway.Api.Observability"],
        ["Gateway.Api/Usage"] = ["Gateway.Core", "Gateway.Api.Workloads", "Gateway.Api.Live", "Gateway.Api.Projects", "Gateway.Api.Cluster", "Gateway.Api.Errors"],
        ["Gateway.Api/Scheduling"] = ["Gateway.Core.Workloads", "Gateway.Core.Scheduling"],
        ["Gateway.Api/Projects"] = ["Gateway.Core", "Gateway.Api.Projects.Watching", "Gateway.Api.Access", "Gateway.Api.Identity", "Gateway.Api.Cluster", "Gateway.Api.Errors"],
        ["Gateway.Api/Access"] = ["Gateway.Core.Workloads", "Gateway.Api.Identity", "Gateway.Api.Cluster", "Gateway.Api.Errors"],
        ["Gateway.Api/Identity"] = ["Gateway.Api.Cluster", "Gateway.Api.Errors", "Gateway.Api.Observability"],
        ["Gateway.Api/Auditing"] = ["Gateway.Core.Workloads", "Gateway.Api.Projects", "Gateway.Api.Identity", "Gateway.Api.Errors", "Gateway.Api.Observability"],
        ["Gateway.Api/Cluster"] = ["Gateway.Core", "Gateway.Api.Projects", "Gateway.Api.Cluster.Connection", "Gateway.Api.Observability", "Gateway.Embedded"],
        ["Gateway.Api/Errors"] = ["Gateway.Core.Workloads", "Gateway.Core.Manifests", "Gateway.Api.Cluster", "Gateway.Api.Errors.Admission"],
        ["Gateway.Api/Hosting"] = ["Gateway.Core.Workloads", "Gateway.Api.Access", "Gateway.Api.Identity", "Gateway.Api.Cluster", "Gateway.Api.Errors"],
        ["Gateway.Api/Observability"] = [],
        ["Gateway.Api/OpenApi"] = ["Gateway.Core.Workloads", "Gateway.Api.Projects", "Gateway.Api.Identity", "Gateway.Api.Errors", "Gateway.Api.Workloads"],
        ["Gateway.Embedded"] = ["Gateway.Embedded"],
    };

    public static TheoryData<string> Folders => [.. Arrows.Keys];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_ByItsUsings_FollowsTheArrows(string folder)
    {
        var wrong = from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", folder), "*.cs", SearchOption.AllDirectories)
                    where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                    from use in OwnUsing().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)
                    where !Arrows[folder].Any(allowed => use == allowed || use.StartsWith(allowed + ".", StringComparison.Ordinal))
                    select $"{Path.GetFileName(file)} uses {use}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void Folder_OfTheSource_HasItsArrows() => Assert.Empty(
        from project in (string[])["Gateway.Core", "Gateway.Api"]
        from folder in Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src", project)).Select(Path.GetFileName)
        where folder is not ("bin" or "obj" or "Properties") && !Arrows.ContainsKey($"{project}/{folder}")
        select $"{project}/{folder}");

    // Only the cluster's folder calls Kubernetes; the others may know its objects.
    [Fact]
    public void Kubernetes_OutsideTheClustersFolder_IsNeverCalled() => Assert.Empty(
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Gateway.Api"), "*.cs", SearchOption.AllDirectories)
        where !file.Contains("/Cluster/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal)
        where File.ReadAllText(file).Contains("IKubernetes ", StringComparison.Ordinal)
        select file);

    [GeneratedRegex(@"^using (Gateway\.[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex OwnUsing();
}
