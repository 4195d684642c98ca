using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Gateway.Api.Hosting;

namespace Gateway.Api.Tests.Pages;

/// <summary>Every setting of the gateway as a row, made from the options classes and their summaries.</summary>
internal static partial class SettingsTable
{
    private static readonly Dictionary<string, string> Summaries = XDocument.Load(Path.ChangeExtension(typeof(Program).Assembly.Location, "xml"))
        .Descendants("member").ToDictionary(member => (string)member.Attribute("name")!, member => Spaces().Replace(member.Element("summary")?.Value ?? "", " ").Trim());

    /// <summary>The table of every section.</summary>
    public static string Write() => string.Join(
        "\n\n",
        from type in typeof(Program).Assembly.GetTypes()
        let section = type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string
        where section is not null
        orderby section
        select $"## {section}\n\n{SummaryOf($"T:{type.FullName}")}\n\n| Setting | Default | Means |\n|---|---|---|\n{string.Join('\n', Rows(section, type))}");

    private static IEnumerable<string> Rows(string path, Type type) => Rows(path, Activator.CreateInstance(type)!, "");

    private static IEnumerable<string> Rows(string path, object standard, string about)
    {
        var type = standard.GetType();
        foreach (var property in type.GetProperties().Where(property => KnownSettings.Members(type).ContainsKey(property.Name)))
        {
            var (at, value) = ($"{path}:{property.Name}", property.GetValue(standard));
            var summary = $"{about} {SummaryOf($"P:{type.FullName}.{property.Name}")}".Trim();
            foreach (var row in Rows(at, property.PropertyType, value, summary))
            {
                yield return row;
            }
        }
    }

    // A list has a row for its items, with rows for what an item has; a submission is described in its own page.
    private static IEnumerable<string> Rows(string at, Type type, object? value, string summary)
    {
        if (KnownSettings.ItemOf(type) is { } item)
        {
            var each = $"{at}:<{(type.GetGenericArguments().Length == 2 ? Key(at) : "n")}>";
            var own = item.Assembly == typeof(Program).Assembly && KnownSettings.IsNested(item) && !at.StartsWith("Policy:Projects", StringComparison.Ordinal);
            return [Row(each, Joined(value), summary), .. own ? Rows(each, item) : []];
        }
        return KnownSettings.IsNested(type) ? Rows(at, value!, summary) : [Row(at, value, summary + Choices(type))];
    }

    private static string Key(string at) => at.EndsWith(":Defaults", StringComparison.Ordinal) ? "type" : "project";

    private static string Joined(object? value) => value is IEnumerable<string> texts ? string.Join(", ", texts) : "";

    private static string Row(string at, object? value, string summary) => $"| `{at}` | {Default(value)} | {summary.Replace("|", "\\|", StringComparison.Ordinal)} |";

    private static string Default(object? value) => value switch
    {
        null or "" => "",
        Enum none when $"{none}" == "None" => "",
        bool yes => yes ? "`true`" : "`false`",
        _ => $"`{Convert.ToString(value, CultureInfo.InvariantCulture)}`",
    };

    private static string Choices(Type type) => type.IsEnum
        ? $" {string.Join("; ", Enum.GetNames(type).Where(name => name != "None").Select(name => $"`{name}`: {char.ToLowerInvariant(SummaryOf($"F:{type.FullName}.{name}")[0])}{SummaryOf($"F:{type.FullName}.{name}")[1..].TrimEnd('.')}"))}."
        : "";

    private static string SummaryOf(string member) =>
        Summaries.GetValueOrDefault(member) is { Length: > 0 } summary ? summary : throw new InvalidOperationException($"{member} has no summary.");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
