using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kinds;

/// <summary>The rules of StatefulSets.</summary>
internal static class StatefulSetRules
{
    public static readonly KindRules Rules = new() { Defaults = Default, BeforeCreate = Begin };

    private static void Default(JsonObject content)
    {
        var spec = content.Child("spec");
        spec.Default("replicas", 1);
        spec.Default("podManagementPolicy", "OrderedReady");
        var strategy = spec.Child("updateStrategy");
        strategy.Default("type", "RollingUpdate");
        if (strategy.Text("type") == "RollingUpdate") strategy.Child("rollingUpdate").Default("partition", 0);
        spec.Default("revisionHistoryLimit", 10);
        var retention = spec.Child("persistentVolumeClaimRetentionPolicy");
        retention.Default("whenDeleted", "Retain");
        retention.Default("whenScaled", "Retain");
        PodTemplateRules.Default(spec.Child("template"));
        foreach (var claim in spec.Items("volumeClaimTemplates")) ClaimRules.DefaultTemplate(claim);
    }

    private static void Begin(JsonObject content) =>
        content["status"] = new JsonObject { ["replicas"] = 0, ["availableReplicas"] = 0 };
}
