using System.Text.Json.Nodes;
using Gateway.Embedded.Kinds.Pods;
using Gateway.Embedded.Schema;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Quotas;

/// <summary>What objects count for in quotas: one each, and pods and claims what they ask for.</summary>
internal static class QuotaUsage
{
    private static readonly string[] Counted = ["pods", "services", "persistentvolumeclaims", "secrets", "configmaps", "resourcequotas"];
    private static readonly string[] Compute = ["cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory"];

    /// <summary>What an object of this type adds to each of the limited resources that it concerns.</summary>
    public static Dictionary<string, Quantity> Of(ResourceType type, JsonObject content, IEnumerable<string> limited) =>
        limited.Select(key => (key, amount: Amount(type, content, key))).Where(charge => charge.amount is not null).ToDictionary(charge => charge.key, charge => charge.amount!.Value);

    /// <summary>How much of a limited resource is used in a namespace.</summary>
    public static Quantity Sum(ObjectStore store, string space, string key)
    {
        if (CountedType(key) is { } counted && counted != ResourceTypes.Pods) return Quantity.Of(store.List(counted, space).Count);
        var type = key == "requests.storage" ? ResourceTypes.Claims : ResourceTypes.Pods;
        return store.List(type, space).Items.Select(item => Amount(type, item.ToJson(), key) ?? default).Aggregate(default(Quantity), (sum, amount) => sum + amount);
    }

    /// <summary>What a pod must say for the quota to be counted, and in which containers it does not; empty where it says all.</summary>
    public static string Missing(JsonObject pod, IEnumerable<string> limited)
    {
        var missing = limited.Where(Compute.Contains).Order(StringComparer.Ordinal).Select(key => (key, names: Silent(pod, key))).Where(entry => entry.names.Length > 0);
        return string.Join("; ", missing.Select(entry => $"{entry.key} for: {string.Join(',', entry.names)}"));
    }

    private static string[] Silent(JsonObject pod, string key) =>
        [.. PodTemplateRules.Containers(pod.Child("spec")).Where(container => Resource(container, key) is null).Select(container => container.Text("name") ?? "")];

    private static Quantity? Amount(ResourceType type, JsonObject content, string key)
    {
        if (type == ResourceTypes.Pods && content.Child("status").Text("phase") is "Succeeded" or "Failed" && key != "count/pods") return null;
        if (CountedType(key) == type) return Quantity.Of(1);
        if (type == ResourceTypes.Claims && key == "requests.storage") return Parse(content.Child("spec").Child("resources").Child("requests")["storage"]);
        return type == ResourceTypes.Pods && CountedType(key) is null ? PodAmount(content.Child("spec"), key) : null;
    }

    /// <summary>The sum of a pod's containers, or its largest init container if that asks for more.</summary>
    public static Quantity? PodAmount(JsonObject spec, string key)
    {
        var amounts = spec.Items("containers").Select(container => Resource(container, key)).OfType<Quantity>().ToArray();
        var first = spec.Items("initContainers").Select(container => Resource(container, key)).OfType<Quantity>().ToArray();
        if (amounts.Length + first.Length == 0) return null;
        return first.Append(amounts.Aggregate(default(Quantity), (sum, amount) => sum + amount)).MaxBy(amount => amount.Nanos);
    }

    private static Quantity? Resource(JsonObject container, string key)
    {
        var (part, name) = key switch
        {
            _ when key.StartsWith("limits.", StringComparison.Ordinal) => ("limits", key["limits.".Length..]),
            _ when key.StartsWith("requests.", StringComparison.Ordinal) => ("requests", key["requests.".Length..]),
            _ => ("requests", key),
        };
        return Parse(container.Child("resources").Child(part)[name]);
    }

    private static Quantity? Parse(JsonNode? amount) => amount is null ? null : Quantity.Parse(amount.ToString());

    private static ResourceType? CountedType(string key)
    {
        if (Counted.Contains(key)) return ResourceTypes.Table.First(type => type.Plural == key);
        return key.StartsWith("count/", StringComparison.Ordinal) ? ResourceTypes.Table.FirstOrDefault(type => type.QualifiedPlural == key["count/".Length..]) : null;
    }
}
