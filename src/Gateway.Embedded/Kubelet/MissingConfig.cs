using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kubelet;

/// <summary>Finds what a container's environment refers to and the cluster does not have.</summary>
internal static class MissingConfig
{
    private static readonly string[] Parts = ["data", "stringData", "binaryData"];

    /// <summary>What is missing, in Kubernetes' words; null where nothing is.</summary>
    public static string? Of(ObjectStore store, string space, JsonObject container)
    {
        var keys = container.Items("env").Select(variable => variable["valueFrom"]).OfType<JsonObject>()
            .SelectMany(source => References(source, "secretKeyRef", "configMapKeyRef"));
        var whole = container.Items("envFrom").SelectMany(source => References(source, "secretRef", "configMapRef"));
        return keys.Concat(whole).Select(reference => Problem(store, space, reference.Type, reference.Value)).FirstOrDefault(problem => problem is not null);
    }

    private static IEnumerable<(ResourceType Type, JsonObject Value)> References(JsonObject source, string secret, string config)
    {
        if (source[secret] is JsonObject secrets) yield return (ResourceTypes.Secrets, secrets);
        if (source[config] is JsonObject configs) yield return (ResourceTypes.ConfigMaps, configs);
    }

    private static string? Problem(ObjectStore store, string space, ResourceType type, JsonObject reference)
    {
        if (reference.Flag("optional") == true) return null;
        var name = reference.Text("name") ?? "";
        if (store.Find(type, space, name) is not { } found) return $"{type.Singular} \"{name}\" not found";
        if (reference.Text("key") is not { } key) return null;
        var content = found.ToJson();
        var held = Parts.Any(part => content[part] is JsonObject entries && entries.ContainsKey(key));
        return held ? null : $"couldn't find key {key} in {type.Kind} {space}/{name}";
    }
}
