using System.Text.Json.Nodes;
using Gateway.Embedded.Schema;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kinds.Core;

/// <summary>The rules of volume claims.</summary>
internal static class ClaimRules
{
    private static readonly string[] AccessModes = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];
    private static readonly string[] VolumeModes = ["Block", "Filesystem"];

    public static readonly KindRules Rules = new() { Defaults = content => DefaultSpec(content.Child("spec")), BeforeCreate = Begin, Validate = Validate, ValidateUpdate = ValidateUpdate };

    public static void DefaultSpec(JsonObject spec) => spec.Default("volumeMode", "Filesystem");

    /// <summary>A claim within another object carries its kind and its first state.</summary>
    public static void DefaultTemplate(JsonObject claim)
    {
        claim["kind"] = "PersistentVolumeClaim";
        claim["apiVersion"] = "v1";
        DefaultSpec(claim.Child("spec"));
        claim.Child("status").Default("phase", "Pending");
    }

    private static void Validate(JsonObject content, FieldErrors errors)
    {
        var spec = content.Child("spec");
        if (!spec.Texts("accessModes").Any()) errors.Required("spec.accessModes", "at least 1 access mode is required");
        foreach (var mode in spec.Texts("accessModes").Where(mode => !AccessModes.Contains(mode))) errors.NotSupported("spec.accessModes", mode, AccessModes);
        if (spec.Child("resources").Child("requests").Text("storage") is not { } storage) errors.Required("spec.resources[storage]");
        else if (!(Quantity.Parse(storage) > Quantity.Of(0))) errors.Invalid("spec.resources.requests[storage]", storage, "must be greater than zero");
        if (spec.Text("volumeMode") is { } volume && !VolumeModes.Contains(volume)) errors.NotSupported("spec.volumeMode", volume, VolumeModes);
    }

    private static void ValidateUpdate(JsonObject content, JsonObject before, FieldErrors errors)
    {
        Validate(content, errors);
        if (!Json.Same(Fixed(content), Fixed(before))) errors.Forbidden("spec", "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims");
    }

    private static JsonObject Fixed(JsonObject content)
    {
        var spec = content.Child("spec").DeepClone().AsObject();
        if (content.Child("status").Text("phase") == "Bound") spec.Child("resources").Remove("requests");
        foreach (var key in new[] { "volumeAttributesClassName", "volumeName" }) spec.Remove(key);
        return spec;
    }

    private static void Begin(JsonObject content)
    {
        content.Metadata()["finalizers"] = new JsonArray([.. content.Metadata().Texts("finalizers").Append("kubernetes.io/pvc-protection").Distinct().Select(name => (JsonNode)name)]);
        content.Child("status")["phase"] = "Pending";
    }
}
