using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kinds;

/// <summary>The rules of Services.</summary>
internal static class ServiceRules
{
    private static int lastAddress;

    public static readonly KindRules Rules = new() { Defaults = Default, BeforeCreate = Begin };

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

    private static string NextAddress()
    {
        var number = Interlocked.Increment(ref lastAddress);
        return $"10.96.{(number >> 8) & 0xff}.{number & 0xff}";
    }
}
