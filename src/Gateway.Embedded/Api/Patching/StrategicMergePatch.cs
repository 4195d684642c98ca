using System.Text.Json.Nodes;
using Gateway.Embedded.Schema;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Api.Patching;

/// <summary>Kubernetes' own merge: lists whose items have a key are merged item by item, as the schema says.</summary>
internal static class StrategicMergePatch
{
    private const string Directive = "$patch";
    private const string Retain = "$retainKeys";
    private const string DeleteFrom = "$deleteFromPrimitiveList/";

    public static JsonObject Apply(JsonObject target, JsonObject patch, TypeSchema? schema)
    {
        if (patch.Text(Directive) == "replace") return Without(patch, Directive);
        if (patch.Text(Directive) == "delete") return [];
        RetainOnly(target, patch);
        foreach (var (key, value) in patch)
            if (key.StartsWith(DeleteFrom, StringComparison.Ordinal)) DeleteItems(target, key[DeleteFrom.Length..], value);
            else if (key[0] != '$') ApplyField(target, key, value, schema?.Field(key));
        return target;
    }

    private static void ApplyField(JsonObject target, string key, JsonNode? value, FieldSchema? field)
    {
        if (value is null) target.Remove(key);
        else if (value is JsonObject patch) target[key] = Apply(Detach(target, key) as JsonObject ?? [], patch, field?.Type.Object);
        else if (value is JsonArray items && field?.MergeKey is { } mergeKey) target[key] = Merge(target[key] as JsonArray ?? [], items, mergeKey, field.Type.Items?.Object);
        else target[key] = value.DeepClone();
    }

    private static JsonArray Merge(JsonArray current, JsonArray patches, string mergeKey, TypeSchema? schema)
    {
        if (patches.OfType<JsonObject>().Any(patch => patch.Text(Directive) == "replace"))
            return new JsonArray([.. patches.OfType<JsonObject>().Where(patch => patch.Text(Directive) is null).Select(patch => patch.DeepClone())]);
        if (mergeKey == "*") return Union(current, patches);
        var items = current.OfType<JsonObject>().Select(item => item.DeepClone().AsObject()).ToList();
        foreach (var patch in patches.OfType<JsonObject>()) MergeItem(items, patch, mergeKey, schema);
        return new JsonArray([.. items]);
    }

    private static void MergeItem(List<JsonObject> items, JsonObject patch, string mergeKey, TypeSchema? schema)
    {
        var index = items.FindIndex(item => Json.Same(item[mergeKey], patch[mergeKey]));
        if (patch.Text(Directive) == "delete") items.RemoveAll(item => Json.Same(item[mergeKey], patch[mergeKey]));
        else if (index < 0) items.Add(Apply([], patch, schema));
        else items[index] = Apply(items[index], patch, schema);
    }

    private static JsonArray Union(JsonArray current, JsonArray added) =>
        new([.. current.Concat(added).Select(item => item?.ToString() ?? "").Distinct().Select(item => (JsonNode)item)]);

    private static void DeleteItems(JsonObject target, string key, JsonNode? unwanted)
    {
        if (target[key] is not JsonArray items || unwanted is not JsonArray gone) return;
        target[key] = new JsonArray([.. items.Where(item => !gone.Any(other => Json.Same(item, other))).Select(item => item?.DeepClone())]);
    }

    private static void RetainOnly(JsonObject target, JsonObject patch)
    {
        if (patch[Retain] is not JsonArray) return;
        var kept = patch.Texts(Retain).ToHashSet();
        foreach (var key in target.Select(entry => entry.Key).Where(key => !kept.Contains(key)).ToArray()) target.Remove(key);
    }

    private static JsonObject Without(JsonObject patch, string directive)
    {
        var result = patch.DeepClone().AsObject();
        result.Remove(directive);
        return result;
    }

    private static JsonNode? Detach(JsonObject parent, string key)
    {
        var child = parent[key];
        parent.Remove(key);
        return child;
    }
}
