using System.Text.Json.Nodes;
using Gateway.Embedded.Schema;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kinds.Core;

/// <summary>The rules of limit ranges. A bound of containers stands for a default that is left out.</summary>
internal static class LimitRangeRules
{
    // What must not be more than what, and where and how Kubernetes says that it is.
    private static readonly (string Low, string High, string Field, string LowWord, string HighWord)[] Orders =
    [
        ("min", "max", "min", "min", "max"),
        ("min", "defaultRequest", "defaultRequest", "min", "default request"),
        ("defaultRequest", "max", "defaultRequest", "default request", "max"),
        ("defaultRequest", "default", "defaultRequest", "default request", "default limit"),
        ("min", "default", "default", "min", "default"),
        ("default", "max", "default", "default", "max"),
    ];

    public static readonly KindRules Rules = new() { Defaults = Default, Validate = Validate, ValidateUpdate = (content, _, errors) => Validate(content, errors) };

    private static void Default(JsonObject content)
    {
        foreach (var limit in content.Child("spec").Items("limits").Where(limit => limit.Text("type") == "Container"))
        {
            Fill(limit, "default", from: "max");
            Fill(limit, "defaultRequest", from: "default");
            Fill(limit, "defaultRequest", from: "min");
        }
    }

    private static void Fill(JsonObject limit, string key, string from)
    {
        foreach (var (resource, amount) in limit[from] as JsonObject ?? [])
        {
            limit.Child(key).Default(resource, amount!.DeepClone());
        }
    }

    private static void Validate(JsonObject content, FieldErrors errors)
    {
        foreach (var (index, limit) in content.Child("spec").Items("limits").Index())
        {
            Validate(limit, $"spec.limits[{index}]", errors);
        }
    }

    private static void Validate(JsonObject limit, string field, FieldErrors errors)
    {
        if (limit.Text("type") == "Pod")
        {
            foreach (var key in new[] { "default", "defaultRequest" }.Where(key => limit[key] is not null))
            {
                errors.Forbidden($"{field}.{key}", "may not be specified when `type` is 'Pod'");
            }
        }
        foreach (var order in Orders)
        {
            foreach (var (resource, amount) in limit[order.Low] as JsonObject ?? [])
            {
                if (limit[order.High]?[resource] is not { } bound) continue;
                var (low, high) = (Quantity.Parse(amount!.ToString()), Quantity.Parse(bound.ToString()));
                if (low > high) errors.Invalid($"{field}.{order.Field}[{resource}]", low.ToString(), $"{order.LowWord} value {low} is greater than {order.HighWord} value {high}");
            }
        }
    }
}
