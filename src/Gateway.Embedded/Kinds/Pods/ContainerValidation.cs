using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kinds.Pods;

/// <summary>What is refused in a container.</summary>
internal static class ContainerValidation
{
    private static readonly string[] PullPolicies = ["Always", "IfNotPresent", "Never"];
    private static readonly string[] Protocols = ["SCTP", "TCP", "UDP"];
    private static readonly string[] Sources = ["fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"];

    public static void Validate(JsonObject container, string field, HashSet<string> volumes, FieldErrors errors)
    {
        var (name, image) = (container.Text("name") ?? "", container.Text("image") ?? "");
        if (name == "") errors.Required($"{field}.name");
        else errors.Invalid($"{field}.name", name, Syntax.DnsLabel(name));
        if (image == "") errors.Required($"{field}.image");
        else if (image.Trim() != image) errors.Invalid($"{field}.image", image, "must not have leading or trailing whitespace");
        Each(container, "ports", field, (port, path) => ValidatePort(port, path, errors));
        Each(container, "env", field, (variable, path) => ValidateVariable(variable, path, errors));
        Each(container, "envFrom", field, (source, path) => ValidateSource(source, path, errors));
        ValidateMounts(container, field, volumes, errors);
        if (container.Text("imagePullPolicy") is { } policy && !PullPolicies.Contains(policy)) errors.NotSupported($"{field}.imagePullPolicy", policy, PullPolicies);
        ResourceValidation.Validate(container.Child("resources"), $"{field}.resources", errors);
    }

    private static void ValidatePort(JsonObject port, string field, FieldErrors errors)
    {
        if (port.Text("name") is { Length: > 15 } name) errors.Invalid($"{field}.name", name, "must be no more than 15 characters");
        if (port.Number("containerPort") is not { } number) errors.Required($"{field}.containerPort");
        else if (number is < 1 or > 65535) errors.Invalid($"{field}.containerPort", number, "must be between 1 and 65535, inclusive");
        if (port.Text("protocol") is { } protocol && !Protocols.Contains(protocol)) errors.NotSupported($"{field}.protocol", protocol, Protocols);
    }

    private static void ValidateVariable(JsonObject variable, string field, FieldErrors errors)
    {
        var name = variable.Text("name") ?? "";
        if (name == "") errors.Required($"{field}.name");
        else if (name.Any(letter => letter is < ' ' or > '~' or '=')) errors.Invalid($"{field}.name", name, "a valid environment variable name must consist only of printable ASCII characters other than '='");
        if (variable["valueFrom"] is not JsonObject source) return;
        var given = Sources.Where(source.ContainsKey).ToArray();
        if (given.Length == 0) errors.Invalid($"{field}.valueFrom", "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`");
        if (!string.IsNullOrEmpty(variable.Text("value"))) errors.Invalid($"{field}.valueFrom", "", "may not be specified when `value` is not empty");
        if (given.Length > 1) errors.Invalid($"{field}.valueFrom", "", "may not have more than one field specified at a time");
        foreach (var reference in new[] { "configMapKeyRef", "secretKeyRef" })
            if (source[reference] is JsonObject to && string.IsNullOrEmpty(to.Text("key"))) errors.Required($"{field}.valueFrom.{reference}.key");
    }

    private static void ValidateSource(JsonObject source, string field, FieldErrors errors)
    {
        if (source["configMapRef"] is null && source["secretRef"] is null) errors.Invalid($"{field}", "", "must specify one of: `configMapRef` or `secretRef`");
        else if (source["configMapRef"] is not null && source["secretRef"] is not null) errors.Invalid($"{field}", "", "may not have more than one field specified at a time");
    }

    private static void ValidateMounts(JsonObject container, string field, HashSet<string> volumes, FieldErrors errors)
    {
        var paths = new HashSet<string>();
        Each(container, "volumeMounts", field, (mount, path) =>
        {
            var (name, at) = (mount.Text("name") ?? "", mount.Text("mountPath") ?? "");
            if (name == "") errors.Required($"{path}.name");
            else if (!volumes.Contains(name)) errors.NotFound($"{path}.name", name);
            if (at == "") errors.Required($"{path}.mountPath");
            else if (!paths.Add(at)) errors.Invalid($"{path}.mountPath", at, "must be unique");
        });
    }

    private static void Each(JsonObject container, string list, string field, Action<JsonObject, string> validate)
    {
        foreach (var (item, index) in container.Items(list).Select((item, index) => (item, index))) validate(item, $"{field}.{list}[{index}]");
    }
}
