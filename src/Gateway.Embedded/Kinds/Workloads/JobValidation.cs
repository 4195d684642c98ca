using System.Text.Json.Nodes;
using Gateway.Embedded.Kinds.Pods;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kinds.Workloads;

/// <summary>What is refused in a Job.</summary>
internal static class JobValidation
{
    private const int MostIndexedParallelism = 100_000;
    private static readonly string[] CompletionModes = ["Indexed", "NonIndexed"];
    private static readonly string[] FailureActions = ["Count", "FailIndex", "FailJob", "Ignore"];
    private static readonly string[] Immutable = ["completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy"];
    private static readonly string[] Scheduling = ["nodeSelector", "tolerations", "affinity", "schedulingGates"];

    public static void Validate(JsonObject content, FieldErrors errors)
    {
        var spec = content.Child("spec");
        ValidateGeneratedSelector(content, spec, errors);
        ValidateSpec(spec, errors);
        ValidateIndexedName(content, spec, errors);
    }

    public static void ValidateUpdate(JsonObject content, JsonObject before, FieldErrors errors)
    {
        var (spec, old) = (content.Child("spec"), before.Child("spec"));
        ValidateSpec(spec, errors);
        if (!IsElastic(spec)) errors.Immutable("spec.completions", spec["completions"], old["completions"]);
        errors.Immutable("spec.selector", spec["selector"], old["selector"]);
        if (!Json.Same(Fixed(spec, before), Fixed(old, before))) errors.Invalid("spec.template", spec["template"], "field is immutable");
        foreach (var key in Immutable) errors.Immutable($"spec.{key}", spec[key], old[key]);
    }

    private static void ValidateSpec(JsonObject spec, FieldErrors errors)
    {
        foreach (var key in new[] { "parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished", "backoffLimitPerIndex", "maxFailedIndexes" })
            errors.NotNegative($"spec.{key}", spec.Number(key));
        ValidateCompletionMode(spec, errors);
        PodTemplateValidation.Validate(spec.Child("template"), "spec.template", errors);
        ValidateFailurePolicy(spec, errors);
        ValidateRestartPolicy(spec.Child("template").Child("spec").Text("restartPolicy"), errors);
        var selector = spec["selector"] as JsonObject;
        if (selector is null) errors.Required("spec.selector");
        else if (ObjectSelector.Validate(selector, "spec.selector", errors) && !ObjectSelector.Matches(selector, Labels(spec)))
            errors.Invalid("spec.template.metadata.labels", Labels(spec), "`selector` does not match template `labels`");
    }

    private static void ValidateCompletionMode(JsonObject spec, FieldErrors errors)
    {
        var mode = spec.Text("completionMode");
        if (!CompletionModes.Contains(mode)) errors.NotSupported("spec.completionMode", mode, CompletionModes);
        if (mode == "Indexed" && spec["completions"] is null) errors.Required("spec.completions", "when completion mode is Indexed");
        if (mode == "Indexed" && spec.Number("parallelism") > MostIndexedParallelism)
            errors.Invalid("spec.parallelism", spec.Number("parallelism"), $"must be less than or equal to {MostIndexedParallelism} when completion mode is Indexed");
        if (mode != "Indexed" && spec["backoffLimitPerIndex"] is not null) errors.Invalid("spec.backoffLimitPerIndex", spec.Number("backoffLimitPerIndex"), "requires indexed completion mode");
    }

    private static void ValidateFailurePolicy(JsonObject spec, FieldErrors errors)
    {
        if (spec["podFailurePolicy"] is not JsonObject policy) return;
        if (spec.Child("template").Child("spec").Text("restartPolicy") is { } restarts and not "Never")
            errors.Invalid("spec.template.spec.restartPolicy", restarts, "only \"Never\" is supported when podFailurePolicy is specified");
        if (spec.Text("podReplacementPolicy") is { } replaces and not "Failed") errors.NotSupported("spec.podReplacementPolicy", replaces, "Failed");
        foreach (var (number, rule) in policy.Items("rules").Index())
        {
            var path = $"spec.podFailurePolicy.rules[{number}]";
            if (!FailureActions.Contains(rule.Text("action"))) errors.NotSupported($"{path}.action", rule.Text("action"), FailureActions);
            if (rule.Text("action") == "FailIndex" && spec["backoffLimitPerIndex"] is null) errors.Invalid($"{path}.action", "FailIndex", "requires the backoffLimitPerIndex to be set");
            if (rule["onExitCodes"] is null == (rule["onPodConditions"] is null)) errors.Invalid(path, rule, "specifying one of OnExitCodes and OnPodConditions is required");
        }
    }

    private static void ValidateRestartPolicy(string? policy, FieldErrors errors)
    {
        if (policy == "Always") errors.Required("spec.template.spec.restartPolicy", "valid values: \"OnFailure\", \"Never\"");
        else if (policy is not ("OnFailure" or "Never")) errors.NotSupported("spec.template.spec.restartPolicy", policy, "OnFailure", "Never");
    }

    /// <summary>Unless it is manual, the selector is the one that the server writes, and the template has what it selects.</summary>
    private static void ValidateGeneratedSelector(JsonObject content, JsonObject spec, FieldErrors errors)
    {
        if (spec.Flag("manualSelector") == true || spec["selector"] is not JsonObject selector) return;
        var (uid, name) = (content.Metadata().Text("uid")!, content.Metadata().Text("name")!);
        foreach (var (label, expected) in new[] { (JobRules.LegacyControllerUid, uid), (JobRules.LegacyJobName, name), (JobRules.ControllerUid, uid), (JobRules.JobName, name) })
            if (Labels(spec)[label]?.ToString() != expected) errors.Invalid($"spec.template.metadata.labels[{label}]", Labels(spec), $"must be '{expected}'");
        var generated = new JsonObject { ["matchLabels"] = new JsonObject { [JobRules.ControllerUid] = uid } };
        if (!Json.Same(selector, generated)) errors.Invalid("spec.selector", selector, "`selector` not auto-generated");
    }

    /// <summary>The last pod's host name must be one.</summary>
    private static void ValidateIndexedName(JsonObject content, JsonObject spec, FieldErrors errors)
    {
        if (spec.Text("completionMode") != "Indexed" || spec.Number("completions") is not > 0) return;
        var hostname = $"{content.Metadata().Text("name")}-{spec.Number("completions") - 1}";
        foreach (var problem in Syntax.DnsLabel(hostname))
            errors.Invalid("metadata.name", content.Metadata().Text("name"), $"will not able to create pod with invalid DNS label: {hostname}: {problem}");
    }

    private static bool IsElastic(JsonObject spec) =>
        spec.Text("completionMode") == "Indexed" && spec["completions"] is not null && Json.Same(spec["completions"], spec["parallelism"]);

    /// <summary>What of a template may not change. While a Job is suspended and has not started, where and with what its pods run may still.</summary>
    private static JsonObject Fixed(JsonObject spec, JsonObject before)
    {
        var template = spec.Child("template").DeepClone().AsObject();
        if (before.Child("spec").Flag("suspend") != true || before.Child("status")["startTime"] is not null) return template;
        foreach (var key in new[] { "labels", "annotations" }) template.Metadata().Remove(key);
        foreach (var key in Scheduling) template.Child("spec").Remove(key);
        foreach (var container in PodTemplateRules.Containers(template.Child("spec"))) container.Remove("resources");
        return template;
    }

    private static JsonObject Labels(JsonObject spec) => spec.Child("template").Metadata()["labels"] as JsonObject ?? [];
}
