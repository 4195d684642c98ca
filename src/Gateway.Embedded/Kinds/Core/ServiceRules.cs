using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kinds.Core;

/// <summary>The rules of Services.</summary>
internal static class ServiceRules
{
    private static int lastAddress;

    private static readonly string[] Types = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
    private static readonly string[] Protocols = ["SCTP", "TCP", "UDP"];

    public static readonly KindRules Rules = new() { Defaults = Default, BeforeCreate = Begin, Validate = Validate, ValidateUpdate = ValidateUpdate };

    private static void Default(JsonObject content)
    {
        var spec = content.Child("spec");
        foreach (var port in spec.Items("ports"))
        {
            port.Default("protocol", "TCP");
            if (port["port"] is { } number) port.Default("targetPort", number.DeepClone());
        }
        spec.Default("type", "ClusterIP");
        spec.Default("sessionAffinity", "None");
        if (spec.Text("type") == "ExternalName") return;
        if (string.IsNullOrEmpty(spec.Text("clusterIP"))) spec["clusterIP"] = NextAddress();
        spec.Default("clusterIPs", new JsonArray(spec.Text("clusterIP")));
        spec.Default("ipFamilies", new JsonArray("IPv4"));
        spec.Default("ipFamilyPolicy", "SingleStack");
        spec.Default("internalTrafficPolicy", "Cluster");
    }

    private static void Begin(JsonObject content) => content["status"] = new JsonObject { ["loadBalancer"] = new JsonObject() };

    private static void Validate(JsonObject content, FieldErrors errors)
    {
        var spec = content.Child("spec");
        var ports = spec.Items("ports").ToArray();
        if (ports.Length == 0 && spec.Text("clusterIP") != "None" && spec.Text("type") != "ExternalName") errors.Required("spec.ports");
        foreach (var (port, index) in ports.Select((port, index) => (port, index))) ValidatePort(port, $"spec.ports[{index}]", ports.Length > 1, errors);
        if (spec.Text("type") is { } type && !Types.Contains(type)) errors.NotSupported("spec.type", type, Types);
        MetadataRules.ValidateLabels(spec["selector"] as JsonObject, "spec.selector", errors);
    }

    private static void ValidatePort(JsonObject port, string field, bool named, FieldErrors errors)
    {
        var name = port.Text("name") ?? "";
        if (named && name == "") errors.Required($"{field}.name");
        else if (name != "") errors.Invalid($"{field}.name", name, Syntax.DnsLabel(name));
        if (port.Number("port") is var number and not (>= 1 and <= 65535)) errors.Invalid($"{field}.port", number ?? 0, "must be between 1 and 65535, inclusive");
        if (port.Text("protocol") is { } protocol && !Protocols.Contains(protocol)) errors.NotSupported($"{field}.protocol", protocol, Protocols);
    }

    private static void ValidateUpdate(JsonObject content, JsonObject before, FieldErrors errors)
    {
        Validate(content, errors);
        var (now, then) = (content.Child("spec"), before.Child("spec"));
        if (now.Text("type") != "ExternalName" && then.Text("type") != "ExternalName" && now.Text("clusterIP") != then.Text("clusterIP"))
            errors.Invalid("spec.clusterIPs[0]", now["clusterIPs"], "may not change once set");
    }

    private static string NextAddress()
    {
        var number = Interlocked.Increment(ref lastAddress);
        return $"10.96.{(number >> 8) & 0xff}.{number & 0xff}";
    }
}
