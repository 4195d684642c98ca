using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Embedded.Kinds.Pods;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Quotas;
using Gateway.Embedded.Schema;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Admission;

/// <summary>Gives containers the default requests and limits of their namespace, and keeps pods and claims within its bounds.</summary>
internal static class LimitRanger
{
    private const string Annotation = "kubernetes.io/limit-ranger";

    public static void Default(ObjectStore store, string space, JsonObject pod)
    {
        var containers = PodTemplateRules.Containers(pod.Child("spec")).ToArray();
        foreach (var limit in LimitsOf(store, space).SelectMany(limits => limits).Where(limit => limit.Text("type") == "Container"))
        {
            var set = containers.SelectMany(container => Default(limit, container)).ToArray();
            if (set.Length > 0) pod.Metadata().Child("annotations")[Annotation] = $"LimitRanger plugin set: {string.Join("; ", set)}";
        }
    }

    /// <summary>Refuses what is outside the bounds of a limit range, with all that is outside those of the first one.</summary>
    public static void Check(ObjectStore store, ResourceType type, string? space, JsonObject content)
    {
        if (type != ResourceTypes.Pods && type != ResourceTypes.Claims) return;
        foreach (var limits in LimitsOf(store, space!))
        {
            var faults = limits.SelectMany(limit => Amounts(type, limit.Text("type"), content).SelectMany(amounts => Faults(limit, amounts))).Distinct().ToArray();
            if (faults.Length > 0) throw Refusal.Forbidden(type, content.Metadata().Text("name"), faults.Length == 1 ? faults[0] : $"[{string.Join(", ", faults)}]");
        }
    }

    private static IEnumerable<JsonObject[]> LimitsOf(ObjectStore store, string space) =>
        store.List(ResourceTypes.LimitRanges, space).Items.Select(range => range.ToJson().Child("spec").Items("limits").ToArray());

    // What the caller left out, before which a request that is left out is the caller's own limit.
    private static IEnumerable<string> Default(JsonObject limit, JsonObject container)
    {
        var resources = container.Child("resources");
        PodRules.DefaultRequests(resources);
        foreach (var (part, key, word) in new[] { ("requests", "defaultRequest", "request"), ("limits", "default", "limit") })
        {
            var missing = (limit[key] as JsonObject ?? []).Where(entry => resources[part]?[entry.Key] is null).OrderBy(entry => entry.Key, StringComparer.Ordinal).ToArray();
            foreach (var (resource, amount) in missing) resources.Child(part)[resource] = amount!.DeepClone();
            if (missing.Length > 0) yield return $"{string.Join(", ", missing.Select(entry => entry.Key))} {word} for container {container.Text("name")}";
        }
    }

    // What is held against a limit of that type: each container, the pod as a whole, or the claim.
    private static IEnumerable<Func<string, string, Quantity?>> Amounts(ResourceType type, string? of, JsonObject content)
    {
        var spec = content.Child("spec");
        return (of, type == ResourceTypes.Pods) switch
        {
            ("Container", true) => PodTemplateRules.Containers(spec).Select(container => Of(container.Child("resources"))),
            ("Pod", true) => [(part, resource) => QuotaUsage.PodAmount(spec, $"{part}.{resource}")],
            ("PersistentVolumeClaim", false) => [Of(spec.Child("resources"))],
            _ => [],
        };
    }

    private static Func<string, string, Quantity?> Of(JsonObject resources) =>
        (part, resource) => resources[part]?[resource] is { } amount ? Quantity.Parse(amount.ToString()) : null;

    private static IEnumerable<string> Faults(JsonObject limit, Func<string, string, Quantity?> amounts)
    {
        var per = limit.Text("type")!;
        string?[] faults =
        [
            .. Bounds(limit, "min").Select(bound => Minimum(bound.Resource, per, bound.Amount, amounts)),
            .. Bounds(limit, "max").Select(bound => Maximum(bound.Resource, per, bound.Amount, amounts)),
            .. Bounds(limit, "maxLimitRequestRatio").Select(bound => Ratio(bound.Resource, per, bound.Amount, amounts)),
        ];
        return faults.OfType<string>();
    }

    private static IEnumerable<(string Resource, Quantity Amount)> Bounds(JsonObject limit, string key) =>
        (limit[key] as JsonObject ?? []).OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => (entry.Key, Quantity.Parse(entry.Value!.ToString())));

    private static string? Minimum(string resource, string per, Quantity bound, Func<string, string, Quantity?> amounts)
    {
        var text = $"minimum {resource} usage per {per} is {bound}";
        return amounts("requests", resource) is not { } request ? $"{text}.  No request is specified"
            : request < bound ? $"{text}, but request is {request}"
            : amounts("limits", resource) is { } limit && limit < bound ? $"{text}, but limit is {limit}"
            : null;
    }

    // A claim has no limit.
    private static string? Maximum(string resource, string per, Quantity bound, Func<string, string, Quantity?> amounts)
    {
        var text = $"maximum {resource} usage per {per} is {bound}";
        var limit = amounts("limits", resource);
        return limit is null && per != "PersistentVolumeClaim" ? $"{text}.  No limit is specified"
            : limit > bound ? $"{text}, but limit is {limit}"
            : amounts("requests", resource) is { } request && request > bound ? $"{text}, but request is {request}"
            : null;
    }

    private static string? Ratio(string resource, string per, Quantity bound, Func<string, string, Quantity?> amounts)
    {
        var text = $"{resource} max limit to request ratio per {per} is {bound}, but";
        if (amounts("requests", resource) is not { } request || request.Nanos.IsZero) return $"{text} no request is specified or request is 0";
        if (amounts("limits", resource) is not { } limit || limit.Nanos.IsZero) return $"{text} no limit is specified or limit is 0";
        var ratio = limit.ToDecimal() / request.ToDecimal();
        return ratio > bound.ToDecimal() ? $"{text} provided ratio is {ratio.ToString("F6", CultureInfo.InvariantCulture)}" : null;
    }
}
