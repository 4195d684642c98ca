using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kinds.Core;

/// <summary>The rules of Ingresses.</summary>
internal static class IngressRules
{
    private const string Wildcard = "*.";
    private static readonly string[] PathTypes = ["Exact", "ImplementationSpecific", "Prefix"];

    public static readonly KindRules Rules = new() { BeforeCreate = Begin, Validate = Validate, ValidateUpdate = (content, _, errors) => Validate(content, errors) };

    private static void Begin(JsonObject content) => content["status"] = new JsonObject { ["loadBalancer"] = new JsonObject() };

    private static void Validate(JsonObject content, FieldErrors errors)
    {
        var spec = content.Child("spec");
        if (!spec.Items("rules").Any() && spec["defaultBackend"] is null)
            errors.Invalid("spec", spec["rules"], "either `defaultBackend` or `rules` must be specified");
        if (spec["defaultBackend"] is JsonObject backend) ValidateBackend(backend, "spec.defaultBackend", errors);
        foreach (var (rule, index) in spec.Items("rules").Select((rule, index) => (rule, index))) ValidateRule(rule, $"spec.rules[{index}]", errors);
    }

    private static void ValidateRule(JsonObject rule, string field, FieldErrors errors)
    {
        if (rule.Text("host") is { Length: > 0 } host)
            errors.Invalid($"{field}.host", host, Syntax.DnsSubdomain(host.StartsWith(Wildcard, StringComparison.Ordinal) ? host[Wildcard.Length..] : host));
        if (rule["http"] is not JsonObject http) return;
        if (!http.Items("paths").Any()) errors.Required($"{field}.http.paths");
        foreach (var (path, index) in http.Items("paths").Select((path, index) => (path, index))) ValidatePath(path, $"{field}.http.paths[{index}]", errors);
    }

    private static void ValidatePath(JsonObject path, string field, FieldErrors errors)
    {
        var (type, text) = (path.Text("pathType"), path.Text("path") ?? "");
        if (type is null) errors.Required($"{field}.pathType", "pathType must be specified");
        else if (!PathTypes.Contains(type)) errors.NotSupported($"{field}.pathType", type, PathTypes);
        else if (!text.StartsWith('/') && (text != "" || type != "ImplementationSpecific")) errors.Invalid($"{field}.path", text, "must be an absolute path");
        ValidateBackend(path.Child("backend"), $"{field}.backend", errors);
    }

    private static void ValidateBackend(JsonObject backend, string field, FieldErrors errors)
    {
        if (backend["service"] is not JsonObject service)
        {
            if (backend["resource"] is null) errors.Invalid(field, "", "resource or service backend is required");
            return;
        }
        if (backend["resource"] is not null) errors.Invalid(field, "", "cannot set both resource and service backends");
        if (service.Text("name") is not { Length: > 0 } name) errors.Required($"{field}.service.name");
        else errors.Invalid($"{field}.service.name", name, Syntax.Dns1035Label(name));
        var (named, number) = (service.Child("port").Text("name"), service.Child("port").Number("number"));
        if (named is null && number is null) errors.Required(field, "port name or number is required");
        else if (named is not null && number is not null) errors.Invalid(field, "", "cannot set both port name & port number");
        else if (number is < 1 or > 65535) errors.Invalid($"{field}.service.port.number", number, "must be between 1 and 65535, inclusive");
    }
}
