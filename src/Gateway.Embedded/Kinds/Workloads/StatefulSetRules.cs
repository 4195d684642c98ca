using System.Text.Json.Nodes;
using Gateway.Embedded.Kinds.Core;
using Gateway.Embedded.Kinds.Pods;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kinds.Workloads;

/// <summary>The rules of StatefulSets.</summary>
internal static class StatefulSetRules
{
    private static readonly string[] Changeable =
        ["replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit", "persistentVolumeClaimRetentionPolicy", "minReadySeconds"];

    public static readonly KindRules Rules = new() { Defaults = Default, BeforeCreate = Begin, Validate = Validate, ValidateUpdate = ValidateUpdate };

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

    private static void Validate(JsonObject content, FieldErrors errors)
    {
        var spec = content.Child("spec");
        if (spec.Text("podManagementPolicy") is var policy and not ("OrderedReady" or "Parallel"))
            errors.Invalid("spec.podManagementPolicy", policy, "must be 'OrderedReady' or 'Parallel'");
        if (spec.Child("updateStrategy").Text("type") is var type and not ("RollingUpdate" or "OnDelete"))
            errors.Invalid("spec.updateStrategy", spec["updateStrategy"], $"must be 'RollingUpdate' or 'OnDelete', not '{type}'");
        errors.NotNegative("spec.replicas", spec.Number("replicas"));
        errors.NotNegative("spec.minReadySeconds", spec.Number("minReadySeconds"));
        if (spec.Text("serviceName") is { Length: > 0 } service) errors.Invalid("spec.serviceName", service, Syntax.DnsLabel(service));
        ValidateSelector(spec, errors);
        var pod = spec.Child("template").Child("spec");
        if (pod.Text("restartPolicy") is var restart and not "Always") errors.NotSupported("spec.template.spec.restartPolicy", restart, "Always");
        if (pod["activeDeadlineSeconds"] is not null) errors.Forbidden("spec.template.spec.activeDeadlineSeconds", "activeDeadlineSeconds in StatefulSet is not Supported");
    }

    /// <summary>The template is looked into only where its selector can be understood.</summary>
    private static void ValidateSelector(JsonObject spec, FieldErrors errors)
    {
        if (spec["selector"] is not JsonObject selector)
        {
            errors.Required("spec.selector");
            selector = [];
        }
        else if (selector.Count == 0) errors.Invalid("spec.selector", selector, "empty selector is invalid for statefulset");
        if (!ObjectSelector.Validate(selector, "spec.selector", errors))
        {
            errors.Invalid("spec.selector", selector, "");
            return;
        }
        var template = spec.Child("template");
        if (selector.Count > 0 && !ObjectSelector.Matches(selector, template.Metadata()["labels"] as JsonObject))
            errors.Invalid("spec.template.metadata.labels", template.Metadata()["labels"] ?? new JsonObject(), "`selector` does not match template `labels`");
        PodTemplateValidation.Validate(template, "spec.template", errors);
    }

    private static void ValidateUpdate(JsonObject content, JsonObject before, FieldErrors errors)
    {
        Validate(content, errors);
        if (!Json.Same(Fixed(content), Fixed(before)))
            errors.Forbidden("spec", "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden");
    }

    /// <summary>What of a specification may never change.</summary>
    private static JsonObject Fixed(JsonObject content)
    {
        var spec = content.Child("spec").DeepClone().AsObject();
        foreach (var key in Changeable) spec.Remove(key);
        return spec;
    }
}
