using System.Reflection;

namespace Gateway.Bench.Reporting;

/// <summary>The file with the latest results of every scenario, a section each.</summary>
internal static class ResultsFile
{
    private const string Mark = "\n## ";
    private const string Head = """
        # Results

        Written by `dotnet run -c Release --project bench`. Client and servers share the machine; each round is measured by itself.

        """;

    private static readonly string Location =
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().First(entry => entry.Key == "Results").Value!;

    /// <summary>Puts a section in its place; those of other scenarios stay as they are.</summary>
    public static void Write(Section section, IReadOnlyList<string> order)
    {
        var sections = Standing().Where(standing => standing.Name != section.Name && order.Contains(standing.Name)).Append(section);
        var text = sections.OrderBy(one => order.ToList().IndexOf(one.Name)).Select(one => $"{Mark}{one.Name}\n\n{one.Text}\n");
        File.WriteAllText(Location, Head + string.Concat(text));
    }

    private static IEnumerable<Section> Standing()
    {
        if (!File.Exists(Location)) return [];
        return File.ReadAllText(Location).Split(Mark)[1..].Select(part => part.Split('\n', 2)).Select(part => new Section(part[0], part[1].Trim()));
    }
}
