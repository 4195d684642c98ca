using System.Text.Json.Nodes;
using Gateway.Embedded.Schema;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kinds.Core;

/// <summary>The rules of resource quotas.</summary>
internal static class QuotaRules
{
    public static readonly KindRules Rules = new() { Validate = Validate, ValidateUpdate = (content, _, errors) => Validate(content, errors) };

    private static void Validate(JsonObject content, FieldErrors errors)
    {
        foreach (var (name, amount) in content.Child("spec").Child("hard"))
        {
            var field = $"spec.hard[{name}]";
            errors.Invalid(field, name, Syntax.QualifiedName(name));
            if (Quantity.Parse(amount!.ToString()).IsNegative) errors.Invalid(field, amount.ToString(), "must be greater than or equal to 0");
        }
    }
}
