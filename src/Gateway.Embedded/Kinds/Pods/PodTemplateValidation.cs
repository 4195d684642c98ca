using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kinds.Pods;

/// <summary>What is refused in a pod, wherever its specification stands.</summary>
internal static class PodTemplateValidation
{
    private static readonly string[] RestartPolicies = ["Always", "OnFailure", "Never"];
    private static readonly string[] DnsPolicies = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];

    public static void Validate(JsonObject template, string field, FieldErrors errors)
    {
        MetadataRules.ValidateLabels(template.Metadata()["labels"] as JsonObject, $"{field}.labels", errors);
        MetadataRules.ValidateAnnotations(template.Metadata()["annotations"] as JsonObject, $"{field}.annotations", errors);
        ValidateSpec(template.Child("spec"), $"{field}.spec", errors);
    }

    public static void ValidateSpec(JsonObject spec, string field, FieldErrors errors)
    {
        var volumes = ValidateVolumes(spec, $"{field}.volumes", errors);
        if (!spec.Items("containers").Any()) errors.Required($"{field}.containers");
        ValidateContainers(spec, "containers", field, volumes, errors);
        ValidateContainers(spec, "initContainers", field, volumes, errors);
        OneOf(spec, "restartPolicy", field, RestartPolicies, errors);
        OneOf(spec, "dnsPolicy", field, DnsPolicies, errors);
        ValidateName(spec, "serviceAccountName", field, Syntax.DnsSubdomain, errors);
        ValidateName(spec, "nodeName", field, Syntax.DnsSubdomain, errors);
        if (spec.Number("activeDeadlineSeconds") is { } deadline and (< 1 or > int.MaxValue))
            errors.Invalid($"{field}.activeDeadlineSeconds", deadline, "must be between 1 and 2147483647, inclusive");
        ValidateName(spec, "hostname", field, Syntax.DnsLabel, errors);
        ValidateName(spec, "subdomain", field, Syntax.DnsLabel, errors);
        ValidateTolerations(spec, field, errors);
        ValidateName(spec, "priorityClassName", field, Syntax.DnsSubdomain, errors);
        errors.NotNegative($"{field}.terminationGracePeriodSeconds", spec.Number("terminationGracePeriodSeconds"));
    }

    private static HashSet<string> ValidateVolumes(JsonObject spec, string field, FieldErrors errors)
    {
        var names = new HashSet<string>();
        foreach (var (volume, index) in spec.Items("volumes").Select((volume, index) => (volume, index)))
        {
            var name = volume.Text("name") ?? "";
            if (name == "") errors.Required($"{field}[{index}].name");
            else errors.Invalid($"{field}[{index}].name", name, Syntax.DnsLabel(name));
            if (!names.Add(name)) errors.Duplicate($"{field}[{index}].name", name);
            if (volume.Count(entry => entry.Key != "name") > 1) errors.Forbidden($"{field}[{index}].{volume.Last(entry => entry.Key != "name").Key}", "may not specify more than 1 volume type");
            if (volume["persistentVolumeClaim"] is JsonObject claim && string.IsNullOrEmpty(claim.Text("claimName"))) errors.Required($"{field}[{index}].persistentVolumeClaim.claimName");
            if (volume["hostPath"] is JsonObject path && string.IsNullOrEmpty(path.Text("path"))) errors.Required($"{field}[{index}].hostPath.path");
            if (volume["secret"] is JsonObject secret && string.IsNullOrEmpty(secret.Text("secretName"))) errors.Required($"{field}[{index}].secret.secretName");
        }
        return names;
    }

    private static void ValidateContainers(JsonObject spec, string list, string field, HashSet<string> volumes, FieldErrors errors)
    {
        var names = new HashSet<string>();
        foreach (var (container, index) in spec.Items(list).Select((container, index) => (container, index)))
        {
            var path = $"{field}.{list}[{index}]";
            ContainerValidation.Validate(container, path, volumes, errors);
            if (container.Text("name") is { Length: > 0 } name && !names.Add(name)) errors.Duplicate($"{path}.name", name);
        }
    }

    private static void ValidateTolerations(JsonObject spec, string field, FieldErrors errors)
    {
        foreach (var (toleration, index) in spec.Items("tolerations").Select((toleration, index) => (toleration, index)))
        {
            var path = $"{field}.tolerations[{index}]";
            if (toleration.Text("key") is { Length: > 0 } key) errors.Invalid($"{path}.key", key, Syntax.QualifiedName(key));
            else if (toleration.Text("operator") is not "Exists")
                errors.Invalid($"{path}.operator", toleration.Text("operator") ?? "", "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
            if (toleration.Text("operator") == "Exists" && !string.IsNullOrEmpty(toleration.Text("value")))
                errors.Invalid($"{path}.operator", toleration["value"]!.ToString(), "value must be empty when `operator` is 'Exists'");
        }
    }

    private static void OneOf(JsonObject spec, string key, string field, string[] values, FieldErrors errors)
    {
        if (spec.Text(key) is { } value && !values.Contains(value)) errors.NotSupported($"{field}.{key}", value, values);
    }

    private static void ValidateName(JsonObject spec, string key, string field, Func<string, IEnumerable<string>> rule, FieldErrors errors)
    {
        if (spec.Text(key) is { Length: > 0 } name) errors.Invalid($"{field}.{key}", name, rule(name));
    }
}
