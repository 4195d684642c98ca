using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kubelet;

/// <summary>Finds what a container's environment or a volume refers to and the cluster does not have.</summary>
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

    /// <summary>Why the volume cannot be mounted, in Kubernetes' words; null where it can.</summary>
    public static string? OfVolume(ObjectStore store, string space, JsonObject volume)
    {
        if (volume["secret"] is JsonObject secret) return OfVolume(store, space, ResourceTypes.Secrets, secret, secret.Text("secretName") ?? "");
        return volume["configMap"] is JsonObject config ? OfVolume(store, space, ResourceTypes.ConfigMaps, config, config.Text("name") ?? "") : null;
    }

    private static string? OfVolume(ObjectStore store, string space, ResourceType type, JsonObject source, string name)
    {
        if (source.Flag("optional") == true) return null;
        if (store.Find(type, space, name) is not { } found) return $"{type.Singular} \"{name}\" not found";
        var content = found.ToJson();
        var missing = source.Items("items").Select(item => item.Text("key") ?? "").FirstOrDefault(key => !Holds(content, key));
        return missing is null ? null : $"references non-existent {(type == ResourceTypes.Secrets ? "secret" : "config")} key: {missing}";
    }

    private static bool Holds(JsonObject content, string key) => Parts.Any(part => content[part] is JsonObject entries && entries.ContainsKey(key));

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
        return Holds(content, key) ? null : $"couldn't find key {key} in {type.Kind} {space}/{name}";
    }
}
