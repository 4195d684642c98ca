using System.Text;
using Gateway.Api.Workloads.Policy;

namespace Gateway.Api.Tests.Mapping;

/// <summary>One line of runai.txt: a field of theirs, what it is here, and what there is to know.</summary>
internal sealed record MappedField(string Section, string Theirs, IReadOnlyList<string> Ours, string Note)
{
    /// <summary>Whether something here is no field of a submission, but a route or a setting.</summary>
    public static bool IsElsewhere(string ours) => ours.StartsWith('`');

    public static IReadOnlyList<MappedField> Read(IEnumerable<string> lines)
    {
        List<MappedField> fields = [];
        var section = "";
        foreach (var line in lines.Where(line => line.Length > 0 && !line.StartsWith("# ", StringComparison.Ordinal)))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
                section = line[3..];
            else
                fields.Add(Field(section, line.Split('|', StringSplitOptions.TrimEntries)));
        }
        return fields;
    }

    private static MappedField Field(string section, string[] columns) =>
        new(section, columns[0], columns[1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), columns[2]);
}

/// <summary>docs/mapping.md, made of that table and of where the stories' fields go.</summary>
internal static class MappingPage
{
    private const string Head =
        """
        # From Run:ai to the gateway

        What `runai submit` and Run:ai's REST API take, and what it is in a submission to the gateway. `[]` is an item of a list.
        Made by a test from `tests/Gateway.Api.Tests/Mapping/runai.txt` and the stories in `tests/Gateway.Core.Tests/Cases`;
        `UPDATE_MAPPING=1 dotnet test tests/Gateway.Api.Tests --filter Mapping` makes it anew.

        """;

    public static string Write(IReadOnlyList<MappedField> fields)
    {
        var page = new StringBuilder(Head);
        foreach (var section in fields.GroupBy(field => field.Section))
        {
            page.Append($"\n## {section.Key}\n\n| There | Here | |\n|---|---|---|\n");
            foreach (var field in section)
                page.Append($"| {field.Theirs} | {string.Join(", ", field.Ours.Select(Here))} | {field.Note} |\n");
        }
        page.Append("\n## Where the fields go\n\nIn the Job or the StatefulSet, or in what is made beside it, then with its kind. Where places differ by the scheduler, both are named.\n\n| Field | Becomes |\n|---|---|\n");
        foreach (var path in fields.SelectMany(field => field.Ours).Where(SubmissionFields.Has).Distinct().Order(StringComparer.Ordinal))
            page.Append($"| `{path}` | {Places(path)} |\n");
        return page.ToString();
    }

    private static string Here(string ours) => MappedField.IsElsewhere(ours) ? ours : $"`{ours}`";

    private static string Places(string path) => path is "type" ? "the kind: `Job` or `StatefulSet`" : path is "namePrefix" ? "`metadata.name`, with a suffix" : string.Join(", ", FieldPlaces.Of(path).Select(place => $"`{place}`"));
}
