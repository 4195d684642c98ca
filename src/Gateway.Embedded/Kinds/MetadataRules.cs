using System.Text;
using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kinds;

/// <summary>What holds for the metadata of every object.</summary>
internal static class MetadataRules
{
    private const int MostAnnotationBytes = 256 * 1024;
    private static readonly string[] StandardFinalizers = ["orphan", "foregroundDeletion", "kubernetes"];

    public static void Validate(ResourceType type, JsonObject metadata, FieldErrors errors)
    {
        var rule = NameRule(type);
        var name = metadata.Text("name") ?? "";
        if (name == "") errors.Required("metadata.name", "name or generateName is required");
        else errors.Invalid("metadata.name", name, rule(name));
        ValidateLabels(metadata["labels"] as JsonObject, "metadata.labels", errors);
        ValidateAnnotations(metadata["annotations"] as JsonObject, "metadata.annotations", errors);
        ValidateOwners(metadata, errors);
        foreach (var finalizer in metadata.Texts("finalizers")) ValidateFinalizer(finalizer, errors);
    }

    /// <summary>What is on its way out takes no new finalizers.</summary>
    public static void ValidateUpdate(ResourceType type, JsonObject metadata, JsonObject before, FieldErrors errors)
    {
        Validate(type, metadata, errors);
        var added = metadata.Texts("finalizers").Except(before.Texts("finalizers")).ToArray();
        if (before.ContainsKey("deletionTimestamp") && added.Length > 0)
            errors.Forbidden("metadata.finalizers", $"no new finalizers can be added if the object is being deleted, found new finalizers []string{{{string.Join(", ", added.Select(name => $"\"{name}\""))}}}");
    }

    public static void ValidateLabels(JsonObject? labels, string field, FieldErrors errors)
    {
        foreach (var (key, value) in labels ?? [])
        {
            errors.Invalid(field, key, Syntax.QualifiedName(key));
            errors.Invalid(field, value?.ToString() ?? "", Syntax.LabelValue(value?.ToString() ?? ""));
        }
    }

    public static void ValidateAnnotations(JsonObject? annotations, string field, FieldErrors errors)
    {
        var size = 0;
        foreach (var (key, value) in annotations ?? [])
        {
            errors.Invalid(field, key, Syntax.QualifiedName(key.ToLowerInvariant()));
            size += Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(value?.ToString() ?? "");
        }
        if (size > MostAnnotationBytes) errors.TooLong(field, MostAnnotationBytes);
    }

    private static Func<string, IEnumerable<string>> NameRule(ResourceType type)
    {
        if (type == ResourceTypes.StatefulSets || type == ResourceTypes.Namespaces) return Syntax.DnsLabel;
        if (type == ResourceTypes.Services) return Syntax.Dns1035Label;
        return type.Group == ResourceTypes.Roles.Group ? Syntax.PathSegment : Syntax.DnsSubdomain;
    }

    private static void ValidateOwners(JsonObject metadata, FieldErrors errors)
    {
        foreach (var (owner, index) in metadata.Owners().Select((owner, index) => (owner, index)))
            foreach (var key in new[] { "apiVersion", "kind", "name", "uid" })
                if (string.IsNullOrEmpty(owner.Text(key)))
                    errors.Invalid($"metadata.ownerReferences[{index}].{key}", "", key == "apiVersion" ? "version must not be empty" : "must not be empty");
        var controllers = metadata.Owners().Where(owner => owner.Flag("controller") == true).Select(owner => owner.Text("name")).ToArray();
        if (controllers.Length > 1)
            errors.Invalid("metadata.ownerReferences", metadata["ownerReferences"], $"Only one reference can have Controller set to true. Found \"true\" in references for {controllers[0]} and {controllers[1]}");
    }

    private static void ValidateFinalizer(string finalizer, FieldErrors errors)
    {
        errors.Invalid("metadata.finalizers", finalizer, Syntax.QualifiedName(finalizer));
        if (!finalizer.Contains('/') && !StandardFinalizers.Contains(finalizer))
            errors.Invalid("metadata.finalizers", finalizer, "name is neither a standard finalizer name nor is it fully qualified");
    }
}
