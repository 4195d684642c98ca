using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kinds;

/// <summary>What is wrong with an object, field by field, in Kubernetes' words.</summary>
internal sealed class FieldErrors
{
    private readonly List<(string Field, string Reason, string Message)> found = [];

    public int Count => found.Count;

    public void Required(string field, string detail = "") =>
        Add(field, "FieldValueRequired", detail == "" ? "Required value" : $"Required value: {detail}");

    public void Invalid(string field, object? value, string detail) =>
        Add(field, "FieldValueInvalid", $"Invalid value: {Show(value)}{(detail == "" ? "" : $": {detail}")}");

    /// <summary>One fault for each thing that is wrong with the value.</summary>
    public void Invalid(string field, string value, IEnumerable<string> problems)
    {
        foreach (var problem in problems) Invalid(field, value, problem);
    }

    public void NotNegative(string field, long? value)
    {
        if (value < 0) Invalid(field, value, "must be greater than or equal to 0");
    }

    public void Immutable(string field, JsonNode? now, JsonNode? before)
    {
        if (!Json.Same(now, before)) Invalid(field, now, "field is immutable");
    }

    public void NotSupported(string field, object? value, params string[] supported) =>
        Add(field, "FieldValueNotSupported", $"Unsupported value: {Show(value)}: supported values: {string.Join(", ", supported.Select(Quote))}");

    public void Forbidden(string field, string detail) => Add(field, "FieldValueForbidden", $"Forbidden: {detail}");

    public void Duplicate(string field, object? value) => Add(field, "FieldValueDuplicate", $"Duplicate value: {Show(value)}");

    public void NotFound(string field, object? value) => Add(field, "FieldValueNotFound", $"Not found: {Show(value)}");

    public void TooLong(string field, int max) => Add(field, "FieldValueTooLong", $"Too long: may not be more than {max} bytes");

    /// <summary>Refuses the object with everything that <paramref name="rules"/> finds.</summary>
    public static void Check(ResourceType type, JsonObject content, Action<FieldErrors> rules) =>
        Check(type.Group, type.Kind, content.Metadata().Text("name") is { Length: > 0 } name ? name : content.Metadata().Text("generateName") ?? "", rules);

    public static void Check(string group, string kind, string name, Action<FieldErrors> rules)
    {
        var errors = new FieldErrors();
        rules(errors);
        if (errors.Count > 0) throw errors.ToRefusal(group, kind, name);
    }

    /// <summary>The refusal for one fault.</summary>
    public static Refusal Because(string group, string kind, string name, Action<FieldErrors> fault)
    {
        var errors = new FieldErrors();
        fault(errors);
        return errors.ToRefusal(group, kind, name);
    }

    private Refusal ToRefusal(string group, string kind, string name)
    {
        var messages = found.Select(error => $"{error.Field}: {error.Message}").Distinct().ToArray();
        var text = messages.Length == 1 ? messages[0] : $"[{string.Join(", ", messages)}]";
        var details = Refusal.Details(name, group, kind);
        details["causes"] = new JsonArray([.. found.Select(error =>
            (JsonNode)new JsonObject { ["reason"] = error.Reason, ["message"] = error.Message, ["field"] = error.Field })]);
        return new Refusal(422, "Invalid", $"{(group == "" ? kind : $"{kind}.{group}")} \"{name}\" is invalid: {text}", details);
    }

    private void Add(string field, string reason, string message) => found.Add((field, reason, message));

    private static string Show(object? value) => value switch
    {
        null => "null",
        string text => Quote(text),
        JsonNode node => System.Text.Encoding.UTF8.GetString(node.ToUtf8()),
        bool flag => flag ? "true" : "false",
        _ => value.ToString()!,
    };

    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
