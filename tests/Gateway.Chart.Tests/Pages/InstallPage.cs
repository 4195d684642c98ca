using Gateway.Chart.Tests.Rendering;

namespace Gateway.Chart.Tests.Pages;

/// <summary>The commands of docs/install.md, by the heading that they stand under.</summary>
internal static class InstallPage
{
    private static readonly Dictionary<string, string> Sections = Repository.Page("install.md").Split("\n## ")[1..].ToDictionary(section => section.Split('\n')[0]);

    public static IEnumerable<string> Headings => Sections.Keys;

    public static IReadOnlyList<string> Blocks(string heading, string language) =>
        [.. Sections[heading].Split($"```{language}\n")[1..].Select(text => text.Split("```")[0])];

    public static string Block(string heading, string language, int index) => Blocks(heading, language)[index];

    /// <summary>Every command, its continued lines made one.</summary>
    public static IEnumerable<string> Commands(string heading) =>
        Blocks(heading, "bash").SelectMany(block => block.Replace("\\\n", "", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries));
}
