using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

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

    private static IEnumerable<string> Rows(string path, Type type)
    {
        var standard = Activator.CreateInstance(type);
        foreach (var property in type.GetProperties().Where(IsSetting))
        {
            var (at, value, summary) = ($"{path}:{property.Name}", property.GetValue(standard), SummaryOf($"P:{type.FullName}.{property.Name}"));
            if (ItemOf(property.PropertyType) is not { } item)
                yield return Nested(property.PropertyType) ? string.Join('\n', Rows(at, value!, summary)) : Row(at, value, summary + Choices(property.PropertyType));
            else if (Nested(item))
                yield return string.Join('\n', Rows($"{at}:<n>", item).Prepend(Row($"{at}:<n>", null, summary)));
            else
                yield return Row($"{at}:<n>", null, summary);
        }
    }

    private static IEnumerable<string> Rows(string path, object value, string summary) =>
        value.GetType().GetProperties().Where(IsSetting).Select(property =>
            Row($"{path}:{property.Name}", property.GetValue(value), $"{summary} {SummaryOf($"P:{property.DeclaringType!.FullName}.{property.Name}")}"));

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

    private static bool IsSetting(PropertyInfo property) => property.SetMethod is not null || ItemOf(property.PropertyType) is not null;

    private static Type? ItemOf(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IList<>) ? type.GetGenericArguments()[0] : null;

    private static bool Nested(Type type) => type.Assembly == typeof(Program).Assembly && type.IsClass && !typeof(IEnumerable).IsAssignableFrom(type);

    private static string SummaryOf(string member) =>
        Summaries.GetValueOrDefault(member) is { Length: > 0 } summary ? summary : throw new InvalidOperationException($"{member} has no summary.");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
