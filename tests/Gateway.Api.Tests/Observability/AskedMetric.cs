using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Gateway.Api.Tests.Observability;

/// <summary>A metric that a query of the chart asks for, with every label that the query or its legend names.</summary>
internal sealed partial record AskedMetric(string Name, IReadOnlyList<string> Labels, string Query)
{
    // What Prometheus adds to whatever it reads.
    private static readonly string[] OfTheTarget = ["job", "namespace", "pod", "instance"];

    private static readonly string Chart = Path.Combine(Repository.Root, "helm", "gateway");

    /// <summary>Whatever the dashboard asks for, its variables included.</summary>
    public static IEnumerable<AskedMetric> OfTheDashboard()
    {
        var board = JsonNode.Parse(File.ReadAllText(Path.Combine(Chart, "files", "dashboard.json")))!;
        var targets = board["panels"]!.AsArray().SelectMany(panel => panel!["targets"]!.AsArray());
        var variables = board["templating"]!["list"]!.AsArray().Select(variable => (string?)(variable!["query"] as JsonObject)?["query"]).OfType<string>();
        return targets.SelectMany(target => Of((string)target!["expr"]!, (string?)target["legendFormat"] ?? "")).Concat(variables.SelectMany(query => Of(Variable().Replace(query, "$1"))));
    }

    /// <summary>Whatever the alerts ask for.</summary>
    public static IEnumerable<AskedMetric> OfTheAlerts() =>
        Rule().Matches(File.ReadAllText(Path.Combine(Chart, "templates", "monitoring", "prometheusrule.yaml"))).SelectMany(rule => Of(rule.Groups[1].Value.Replace("{{- $of -}}", "", StringComparison.Ordinal)));

    /// <summary>The metrics of a query.</summary>
    public static IEnumerable<AskedMetric> Of(string query, string legend = "")
    {
        var bare = Range().Replace(Text().Replace(query, "\"\""), "");
        var grouped = Grouping().Matches(bare).SelectMany(match => match.Groups[1].Value.Split(',')).Concat(Legend().Matches(legend).Select(match => match.Groups[1].Value)).Select(label => label.Trim()).ToArray();
        return from Match metric in Metric().Matches(Grouping().Replace(bare, ""))
               where metric.Groups["name"].Value != "up"
               let own = Label().Matches(metric.Groups["labels"].Value).Select(label => label.Groups[1].Value)
               select new AskedMetric(metric.Groups["name"].Value, [.. own.Concat(grouped).Except(OfTheTarget)], query);
    }

    /// <summary>Whether a scrape has a series of it with all the labels.</summary>
    public bool IsIn(string scrape) => scrape.Split('\n').Any(line =>
        (line.StartsWith($"{Name}{{", StringComparison.Ordinal) || line.StartsWith($"{Name} ", StringComparison.Ordinal))
        && Labels.All(label => line.Contains($"{{{label}=\"", StringComparison.Ordinal) || line.Contains($",{label}=\"", StringComparison.Ordinal)));

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Text();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Range();

    [GeneratedRegex(@"\b(?:by|without|on|ignoring)\s*\(([^)]+)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\{\{\s*(\w+)\s*\}\}")]
    private static partial Regex Legend();

    [GeneratedRegex(@"label_values\((\w+), (?:\w+)\)")]
    private static partial Regex Variable();

    // A function is a name before a parenthesis.
    [GeneratedRegex(@"(?<![\w.])(?<name>[a-zA-Z_:][\w:]*)(?![\w:]*\s*\()(?:\{(?<labels>[^{}]*)\})?")]
    private static partial Regex Metric();

    [GeneratedRegex(@"(\w+)\s*(?:=|!)")]
    private static partial Regex Label();

    [GeneratedRegex(@"expr: (.*?)\n +for:", RegexOptions.Singleline)]
    private static partial Regex Rule();
}
