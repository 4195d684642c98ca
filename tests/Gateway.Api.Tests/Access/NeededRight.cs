using System.Text.RegularExpressions;

namespace Gateway.Api.Tests.Access;

/// <summary>A row of the table of docs/authentication.md: what a request takes, and what becomes of it without.</summary>
/// <param name="Request">The method and the path.</param>
/// <param name="With">What it is asked with; empty where it holds for every such request.</param>
/// <param name="Right">The verb and the resource; `workload` for that of the workload's type.</param>
/// <param name="Without">What becomes of the request without the right.</param>
internal sealed partial record NeededRight(string Request, string With, string Right, string Without)
{
    private const string Heading = "| Request | Takes | For | Without it |";

    /// <summary>Every row, one for each request that it names.</summary>
    public static IReadOnlyList<NeededRight> Table { get; } = [.. Read(File.ReadAllText(Path.Combine(Repository.Root, "docs", "authentication.md")))];

    /// <summary>Whether what is asked with this takes the right of the row.</summary>
    public bool Holds(string request, string with) => Request == request && with.StartsWith(With, StringComparison.Ordinal);

    /// <summary>The right on a workload of a type.</summary>
    public string On(string type) => Right.Replace("workload", type == "train" ? "jobs" : "statefulsets", StringComparison.Ordinal);

    private static IEnumerable<NeededRight> Read(string page) =>
        from line in page.Split(Heading)[1].Split("\n\n")[0].Split('\n').Skip(2)
        let cells = Marks().Replace(line, "").Split('|')[1..^1].Select(cell => cell.Trim()).ToArray()
        let asked = cells[0].Split(" with ")
        from request in asked[0].Split(", ")
        select new NeededRight(request, asked.ElementAtOrDefault(1) ?? "", cells[1], cells[3].Split(';')[0]);

    [GeneratedRegex("[`*]")]
    private static partial Regex Marks();
}
