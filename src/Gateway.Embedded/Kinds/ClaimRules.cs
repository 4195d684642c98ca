using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kinds;

/// <summary>The rules of volume claims.</summary>
internal static class ClaimRules
{
    public static readonly KindRules Rules = new() { Defaults = content => DefaultSpec(content.Child("spec")), BeforeCreate = Begin };

    public static void DefaultSpec(JsonObject spec) => spec.Default("volumeMode", "Filesystem");

    /// <summary>A claim within another object carries its kind and its first state.</summary>
    public static void DefaultTemplate(JsonObject claim)
    {
        claim["kind"] = "PersistentVolumeClaim";
        claim["apiVersion"] = "v1";
        DefaultSpec(claim.Child("spec"));
        claim.Child("status").Default("phase", "Pending");
    }

    private static void Begin(JsonObject content)
    {
        content.Metadata()["finalizers"] = new JsonArray([.. content.Metadata().Texts("finalizers").Append("kubernetes.io/pvc-protection").Distinct().Select(name => (JsonNode)name)]);
        content.Child("status")["phase"] = "Pending";
    }
}
