using System.Text.Json.Nodes;
using Gateway.Chart.Tests.Rendering;

namespace Gateway.Chart.Tests.Values;

/// <summary>What values.yaml holds.</summary>
internal static class DefaultValues
{
    public static JsonObject Read() => Yaml.File(Path.Combine(Repository.Chart, "values.yaml"));

    /// <summary>Every value with its path; an empty map or a list is one value.</summary>
    public static IEnumerable<(string Path, JsonNode? Value)> Leaves(JsonObject values, string under = "") => values.SelectMany(value =>
        value.Value is JsonObject { Count: > 0 } section ? Leaves(section, $"{under}{value.Key}.") : [($"{under}{value.Key}", value.Value)]);

    /// <summary>Every map with its path.</summary>
    public static IEnumerable<string> Sections(JsonObject values, string under = "") => values.Where(value => value.Value is JsonObject).SelectMany(value =>
        Sections((JsonObject)value.Value!, $"{under}{value.Key}.").Prepend($"{under}{value.Key}"));
}
