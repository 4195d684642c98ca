using System.Text.RegularExpressions;
using Xunit;

namespace Gateway.Api.Tests.Pages;

/// <summary>What is written is found: pages by links, folders by the page on architecture.</summary>
public sealed partial class LinkTests
{
    private static readonly string Docs = Path.Combine(Repository.Root, "docs");
    private static readonly string Source = Path.Combine(Repository.Root, "src");

    public static TheoryData<string> Pages =>
    [
        .. ((string[])["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "helm/gateway/README.md", "src/Gateway.Embedded/README.md"])
            .Concat(Directory.EnumerateFiles(Docs, "*.md", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Repository.Root, path))).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_LinksToWhatIsThere(string page) =>
        Assert.All(Links(Path.Combine(Repository.Root, page)), target => Assert.True(Path.Exists(target), $"{page} links to {target}"));

    [Fact]
    public void Page_OfTheDocumentation_IsTwoLinksFromTheReadme()
    {
        var near = Links(Path.Combine(Repository.Root, "README.md")).ToArray();
        var found = near.Concat(near.Where(target => target.EndsWith(".md", StringComparison.Ordinal)).SelectMany(Links)).ToHashSet();

        Assert.All(Directory.EnumerateFiles(Docs, "*.md", SearchOption.AllDirectories), page => Assert.Contains(page, found));
    }

    // A folder has a row of its own, or its name is in the row of the folder that it is in.
    [Fact]
    public void Folder_OfTheSource_IsInTheArchitecture()
    {
        var rows = File.ReadLines(Path.Combine(Docs, "architecture.md")).Where(line => line.StartsWith("| `Gateway.", StringComparison.Ordinal)).ToArray();
        var folders = from project in (string[])["Gateway.Core", "Gateway.Api"]
                      from folder in Directory.EnumerateDirectories(Path.Combine(Source, project), "*", SearchOption.AllDirectories)
                      let parts = Path.GetRelativePath(Source, folder).Split(Path.DirectorySeparatorChar)
                      where parts[1] is not ("bin" or "obj" or "Properties") && Directory.EnumerateFiles(folder, "*.cs").Any()
                      select parts;

        Assert.All(folders, parts => Assert.Contains(rows, row =>
            row.StartsWith($"| `{parts[0]}/{parts[1]}` |", StringComparison.Ordinal) && (parts.Length == 2 || row.Contains($"`{string.Join('/', parts[2..])}`", StringComparison.Ordinal))));
    }

    // Those to other places on the web are not looked at.
    private static IEnumerable<string> Links(string page) =>
        from Match link in Link().Matches(File.ReadAllText(page))
        let target = link.Groups[1].Value.Split('#')[0]
        where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal)
        select Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, target));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
