using System.Text.Json.Nodes;
using Gateway.Chart.Tests.Rendering;
using Xunit;

namespace Gateway.Chart.Tests.Values;

/// <summary>The chart's README, against its values.</summary>
public sealed class ReadmeTests
{
    private static readonly Dictionary<string, string> Rows = Repository.Rows(File.ReadAllText(Path.Combine(Repository.Chart, "README.md")))
        .Where(row => row[0].StartsWith('`')).ToDictionary(row => row[0].Trim('`'), row => row[1]);

    [Fact]
    public void Readme_ListsEveryValue() =>
        Assert.All(DefaultValues.Leaves(DefaultValues.Read()), leaf => Assert.Contains(Rows.Keys, row => leaf.Path == row || leaf.Path.StartsWith($"{row}.", StringComparison.Ordinal)));

    [Fact]
    public void Readme_ListsNothingElse() => Assert.All(Rows.Keys, row => Assert.True(Find(row) is not null, row));

    [Fact]
    public void Readme_GivesTheDefaults()
    {
        var wrong = from leaf in DefaultValues.Leaves(DefaultValues.Read())
                    where leaf.Value is JsonValue && leaf.Value.ToString() != "" && Rows.ContainsKey(leaf.Path)
                    where !Rows[leaf.Path].StartsWith($"`{leaf.Value}`", StringComparison.Ordinal) && Rows[leaf.Path] != $"`\"{leaf.Value}\"`"
                    select $"{leaf.Path} is {leaf.Value}, not {Rows[leaf.Path]}";
        Assert.Empty(wrong);
    }

    private static JsonNode? Find(string path)
    {
        JsonNode? node = DefaultValues.Read();
        foreach (var key in path.Split('.'))
            node = node?[key];
        return node;
    }
}
