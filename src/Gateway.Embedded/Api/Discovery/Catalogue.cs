using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Api.Discovery;

/// <summary>What the cluster serves, as clients ask for it.</summary>
internal static class Catalogue
{
    private static readonly string[] SubresourceVerbs = ["get", "patch", "update"];

    public static JsonObject CoreVersions() => new() { ["kind"] = "APIVersions", ["versions"] = new JsonArray("v1"), ["serverAddressByClientCIDRs"] = new JsonArray() };

    public static JsonObject Groups() => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. Served().Where(group => group.Key != "").Select(group => (JsonNode)Describe(group))]),
    };

    /// <summary>One group, or null where there is none.</summary>
    public static JsonObject? Group(string name)
    {
        if (Served().FirstOrDefault(group => group.Key == name) is not { Key: not "" } found) return null;
        var group = Describe(found);
        group.Insert(0, "kind", "APIGroup");
        group.Insert(1, "apiVersion", "v1");
        return group;
    }

    /// <summary>The resources of one version of a group, or null where there is none.</summary>
    public static JsonObject? Resources(string group, string version)
    {
        var types = ResourceTypes.Table.Where(type => type.Group == group && type.Version == version).ToArray();
        return types.Length == 0 ? null : new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = types[0].ApiVersion,
            ["resources"] = new JsonArray([.. types.SelectMany(Entries)]),
        };
    }

    private static IEnumerable<IGrouping<string, ResourceType>> Served() => ResourceTypes.Table.GroupBy(type => type.Group);

    private static JsonObject Describe(IGrouping<string, ResourceType> group)
    {
        var versions = group.Select(type => type.Version).Distinct().Select(version => new JsonObject { ["groupVersion"] = $"{group.Key}/{version}", ["version"] = version }).ToArray();
        return new JsonObject { ["name"] = group.Key, ["versions"] = new JsonArray([.. versions]), ["preferredVersion"] = versions[0].DeepClone() };
    }

    private static IEnumerable<JsonNode> Entries(ResourceType type)
    {
        var entry = Entry(type, type.Plural, type.Singular, type.Kind, type.Verbs);
        if (type.ShortNames.Length > 0) entry["shortNames"] = Texts(type.ShortNames);
        if (type.Categories.Length > 0) entry["categories"] = Texts(type.Categories);
        yield return entry;
        foreach (var subresource in type.Subresources) yield return Entry(type, subresource);
    }

    private static JsonObject Entry(ResourceType type, string subresource) => subresource switch
    {
        "scale" => Foreign(Entry(type, $"{type.Plural}/scale", "", "Scale", SubresourceVerbs), "autoscaling", "v1"),
        "token" => Foreign(Entry(type, $"{type.Plural}/token", "", "TokenRequest", ["create"]), "authentication.k8s.io", "v1"),
        "eviction" => Foreign(Entry(type, $"{type.Plural}/eviction", "", "Eviction", ["create"]), "policy", "v1"),
        "binding" => Entry(type, $"{type.Plural}/binding", "", "Binding", ["create"]),
        "log" => Entry(type, $"{type.Plural}/log", "", type.Kind, ["get"]),
        "finalize" => Entry(type, $"{type.Plural}/finalize", "", type.Kind, ["update"]),
        _ => Entry(type, $"{type.Plural}/{subresource}", "", type.Kind, SubresourceVerbs),
    };

    private static JsonObject Entry(ResourceType type, string name, string singular, string kind, string[] verbs) =>
        new() { ["name"] = name, ["singularName"] = singular, ["namespaced"] = type.Namespaced, ["kind"] = kind, ["verbs"] = Texts(verbs) };

    private static JsonObject Foreign(JsonObject entry, string group, string version)
    {
        entry["group"] = group;
        entry["version"] = version;
        return entry;
    }

    private static JsonArray Texts(string[] texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
