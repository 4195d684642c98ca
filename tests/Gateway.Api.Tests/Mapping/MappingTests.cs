using Gateway.Api.Workloads.Policy;
using Xunit;

namespace Gateway.Api.Tests.Mapping;

/// <summary>What users of Run:ai find here, field by field.</summary>
public sealed class MappingTests
{
    private static readonly string Committed = Path.Combine(Repository.Root, "docs", "mapping.md");

    private static IReadOnlyList<MappedField> Fields { get; } = MappedField.Read(Lines("runai.txt"));

    // To refresh it: UPDATE_MAPPING=1 dotnet test tests/Gateway.Api.Tests --filter Mapping
    [Fact]
    public void Page_AsMadeFromTheCode_IsTheCommittedOne()
    {
        var page = MappingPage.Write(Fields);
        if (Environment.GetEnvironmentVariable("UPDATE_MAPPING") is not null)
            File.WriteAllText(Committed, page);

        Assert.True(page == File.ReadAllText(Committed), "docs/mapping.md has drifted: refresh it and look at the difference.");
    }

    [Fact]
    public void Page_OfAllThatRunAiTakes_LeavesNothingOut()
    {
        var page = File.ReadAllText(Committed);
        var rows = Fields.Where(field => page.Contains($"| {field.Theirs} |", StringComparison.Ordinal)).SelectMany(field => field.Theirs.Split([' ', ','])).ToHashSet();

        Assert.Empty(from line in Lines("theirs.txt") where line.Length > 0 && !line.StartsWith('#') && !rows.Contains(line) select line);
    }

    [Fact]
    public void Field_OfRunAi_IsSomethingHereOrSaysWhyNot() =>
        Assert.Empty(from field in Fields where field.Ours.Count == 0 && field.Note.Length == 0 select field.Theirs);

    [Fact]
    public void Field_OfTheGateway_IsOneOfASubmission() =>
        Assert.Empty(from path in Fields.SelectMany(field => field.Ours) where !MappedField.IsElsewhere(path) && !SubmissionFields.Has(path) select path);

    [Fact]
    public void Field_OfTheGateway_IsInAStory() =>
        Assert.Empty(from path in Fields.SelectMany(field => field.Ours).Distinct() where path is not ("type" or "namePrefix") && SubmissionFields.Has(path) && FieldPlaces.Of(path).Count == 0 select path);

    private static IEnumerable<string> Lines(string file) => File.ReadLines(Path.Combine(Repository.Root, "tests", "Gateway.Api.Tests", "Mapping", file));
}
