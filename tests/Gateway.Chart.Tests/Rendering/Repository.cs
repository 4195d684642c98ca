namespace Gateway.Chart.Tests.Rendering;

/// <summary>The files of the repository that the tests run from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string Chart { get; } = Path.Combine(Root, "helm", "gateway");

    public static string Page(string name) => File.ReadAllText(Path.Combine(Root, "docs", name));

    /// <summary>The cells of every row of every table of a page, without the headings' lines of dashes.</summary>
    public static IEnumerable<string[]> Rows(string markdown) =>
        markdown.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Split('|')[1..^1].Select(cell => cell.Trim()).ToArray());

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Gateway.sln")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("There is no Gateway.sln above the tests."));
}
