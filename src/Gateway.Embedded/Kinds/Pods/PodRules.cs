using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kinds.Pods;

/// <summary>The rules of pods: those of the template, and what the server adds when a pod comes into being.</summary>
internal static class PodRules
{
    private const string TokenPath = "/var/run/secrets/kubernetes.io/serviceaccount";

    private static readonly string[] CpuAndMemory = ["cpu", "memory"];

    public static readonly KindRules Rules = new() { Defaults = Default, BeforeCreate = Begin, Validate = Validate, ValidateUpdate = ValidateUpdate, GraceSeconds = Grace };

    private static void Default(JsonObject content)
    {
        var spec = content.Child("spec");
        PodTemplateRules.DefaultSpec(spec);
        foreach (var container in PodTemplateRules.Containers(spec)) DefaultRequests(container.Child("resources"));
        spec.Default("enableServiceLinks", true);
    }

    private static void Validate(JsonObject content, FieldErrors errors) => PodTemplateValidation.ValidateSpec(content.Child("spec"), "spec", errors);

    private static void ValidateUpdate(JsonObject content, JsonObject before, FieldErrors errors)
    {
        Validate(content, errors);
        if (!Json.Same(Fixed(content), Fixed(before)))
            errors.Forbidden("spec", "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)");
    }

    /// <summary>What of a pod may never change.</summary>
    private static JsonObject Fixed(JsonObject content)
    {
        var spec = content.Child("spec").DeepClone().AsObject();
        foreach (var container in PodTemplateRules.Containers(spec)) container.Remove("image");
        foreach (var key in new[] { "activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds", "schedulingGates" }) spec.Remove(key);
        return spec;
    }

    /// <summary>A request that is left out is the limit.</summary>
    public static void DefaultRequests(JsonObject resources)
    {
        if (resources["limits"] is not JsonObject limits) return;
        foreach (var (resource, amount) in limits) resources.Child("requests").Default(resource, amount!.DeepClone());
    }

    private static void Begin(JsonObject content)
    {
        var spec = content.Child("spec");
        spec.Default("serviceAccountName", "default");
        spec["serviceAccount"] = spec["serviceAccountName"]!.DeepClone();
        spec.Default("priority", 0);
        spec.Default("preemptionPolicy", "PreemptLowerPriority");
        Tolerate(spec, "node.kubernetes.io/not-ready");
        Tolerate(spec, "node.kubernetes.io/unreachable");
        if (spec.Flag("automountServiceAccountToken") != false) MountToken(spec);
        content["status"] = new JsonObject { ["phase"] = "Pending", ["qosClass"] = QualityOfService(spec) };
    }

    private static void Tolerate(JsonObject spec, string key)
    {
        if (spec["tolerations"] is not JsonArray tolerations) spec["tolerations"] = tolerations = [];
        if (tolerations.OfType<JsonObject>().Any(toleration => toleration.Text("key") is { } given && given == key)) return;
        tolerations.Add(new JsonObject { ["key"] = key, ["operator"] = "Exists", ["effect"] = "NoExecute", ["tolerationSeconds"] = 300 });
    }

    private static void MountToken(JsonObject spec)
    {
        if (spec["volumes"] is not JsonArray volumes) spec["volumes"] = volumes = [];
        var name = $"kube-api-access-{Names.Suffix()}";
        var mounted = false;
        foreach (var container in PodTemplateRules.Containers(spec))
        {
            if (container["volumeMounts"] is not JsonArray mounts) container["volumeMounts"] = mounts = [];
            if (mounts.OfType<JsonObject>().Any(mount => mount.Text("mountPath") == TokenPath)) continue;
            mounts.Add(new JsonObject { ["name"] = name, ["readOnly"] = true, ["mountPath"] = TokenPath });
            mounted = true;
        }
        if (mounted) volumes.Add(new JsonObject { ["name"] = name, ["projected"] = TokenSources() });
    }

    private static JsonObject TokenSources() => new()
    {
        ["sources"] = new JsonArray(
            new JsonObject { ["serviceAccountToken"] = new JsonObject { ["expirationSeconds"] = 3607, ["path"] = "token" } },
            new JsonObject { ["configMap"] = new JsonObject { ["name"] = "kube-root-ca.crt", ["items"] = new JsonArray(new JsonObject { ["key"] = "ca.crt", ["path"] = "ca.crt" }) } },
            new JsonObject
            {
                ["downwardAPI"] = new JsonObject
                {
                    ["items"] = new JsonArray(new JsonObject { ["path"] = "namespace", ["fieldRef"] = new JsonObject { ["apiVersion"] = "v1", ["fieldPath"] = "metadata.namespace" } }),
                },
            }),
        ["defaultMode"] = 420,
    };

    /// <summary>Guaranteed where every container's limits equal its requests in both cpu and memory, BestEffort where there are none.</summary>
    private static string QualityOfService(JsonObject spec)
    {
        var resources = PodTemplateRules.Containers(spec).Select(container => container.Child("resources")).ToArray();
        var amounts = resources.SelectMany(part => CpuAndMemory.Select(name => (Limit: part["limits"]?[name], Request: part["requests"]?[name]))).ToArray();
        if (amounts.All(amount => amount.Limit is null && amount.Request is null)) return "BestEffort";
        return amounts.All(amount => amount.Limit is not null && Json.Same(amount.Limit, amount.Request)) ? "Guaranteed" : "Burstable";
    }

    /// <summary>A pod that never got a node, or has ended, leaves at once.</summary>
    private static long Grace(JsonObject content, long? asked)
    {
        var spec = content.Child("spec");
        if (string.IsNullOrEmpty(spec.Text("nodeName")) || content.Child("status").Text("phase") is "Succeeded" or "Failed") return 0;
        return Math.Max(0, asked ?? spec.Number("terminationGracePeriodSeconds") ?? 30);
    }
}
