using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kinds;

/// <summary>A label selector as it stands in an object: labels to have, and expressions.</summary>
internal static class ObjectSelector
{
    public static bool Matches(JsonObject selector, JsonObject? labels) =>
        (selector["matchLabels"] as JsonObject ?? []).All(wanted => labels?[wanted.Key]?.ToString() == wanted.Value?.ToString())
        && selector.Items("matchExpressions").All(expression => Matches(expression, labels?[expression.Text("key") ?? ""]?.ToString()));

    /// <summary>Whether every part of it can be understood; matching one that cannot is meaningless.</summary>
    public static bool Validate(JsonObject selector, string field, FieldErrors errors)
    {
        var before = errors.Count;
        MetadataRules.ValidateLabels(selector["matchLabels"] as JsonObject, $"{field}.matchLabels", errors);
        foreach (var (expression, index) in selector.Items("matchExpressions").Select((expression, index) => (expression, index)))
            ValidateExpression(expression, $"{field}.matchExpressions[{index}]", errors);
        return errors.Count == before;
    }

    private static void ValidateExpression(JsonObject expression, string field, FieldErrors errors)
    {
        var any = expression.Texts("values").Any();
        switch (expression.Text("operator"))
        {
            case "In" or "NotIn" when !any:
                errors.Required($"{field}.values", "must be specified when `operator` is 'In' or 'NotIn'");
                break;
            case "Exists" or "DoesNotExist" when any:
                errors.Forbidden($"{field}.values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                break;
            case "In" or "NotIn" or "Exists" or "DoesNotExist":
                break;
            case var unknown:
                errors.Invalid($"{field}.operator", unknown ?? "", "not a valid selector operator");
                break;
        }
        errors.Invalid($"{field}.key", expression.Text("key") ?? "", Syntax.QualifiedName(expression.Text("key") ?? ""));
    }

    private static bool Matches(JsonObject expression, string? value) => expression.Text("operator") switch
    {
        "In" => value is not null && expression.Texts("values").Contains(value),
        "NotIn" => value is null || !expression.Texts("values").Contains(value),
        "Exists" => value is not null,
        "DoesNotExist" => value is null,
        _ => false,
    };
}
