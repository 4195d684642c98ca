using System.Text.Json.Nodes;
using Gateway.Embedded.Schema;

namespace Gateway.Embedded.Kinds.Pods;

/// <summary>What is refused in the resources of a container. What is no native resource can be neither divided nor overcommitted.</summary>
internal static class ResourceValidation
{
    private static readonly string[] Native = ["cpu", "memory", "ephemeral-storage"];
    private const string HugePages = "hugepages-";

    public static void Validate(JsonObject resources, string field, FieldErrors errors)
    {
        var (limits, requests) = (resources["limits"] as JsonObject ?? [], resources["requests"] as JsonObject ?? []);
        foreach (var (name, amount) in limits) ValidateAmount(name, amount!, $"{field}.limits[{name}]", errors);
        foreach (var (name, amount) in requests)
        {
            ValidateAmount(name, amount!, $"{field}.requests[{name}]", errors);
            Compare(name, Quantity.Parse(amount!.ToString()), limits[name], field, errors);
        }
    }

    private static void ValidateAmount(string name, JsonNode amount, string field, FieldErrors errors)
    {
        errors.Invalid(field, name, Syntax.QualifiedName(name));
        if (!name.Contains('/') && !Native.Contains(name) && !name.StartsWith(HugePages, StringComparison.Ordinal))
        {
            errors.Invalid(field, name, "must be a standard resource type or fully qualified");
            errors.Invalid(field, name, "must be a standard resource for containers");
        }
        var quantity = Quantity.Parse(amount.ToString());
        if (quantity.IsNegative) errors.Invalid(field, quantity.ToString(), "must be greater than or equal to 0");
        else if (IsExtended(name) && !quantity.IsInteger) errors.Invalid(field, quantity.ToString(), "must be an integer");
    }

    private static void Compare(string name, Quantity request, JsonNode? limitNode, string field, FieldErrors errors)
    {
        var overcommits = Native.Contains(name);
        if (limitNode is null)
        {
            if (!overcommits) errors.Required($"{field}.limits", "Limit must be set for non overcommitable resources");
            return;
        }
        var limit = Quantity.Parse(limitNode.ToString());
        if (!overcommits && request.Nanos != limit.Nanos) errors.Invalid($"{field}.requests", request.ToString(), $"must be equal to {name} limit of {limit}");
        else if (request > limit) errors.Invalid($"{field}.requests", request.ToString(), $"must be less than or equal to {name} limit of {limit}");
    }

    private static bool IsExtended(string name) => name.Contains('/') && !name.StartsWith("kubernetes.io/", StringComparison.Ordinal);
}
