using System.Text.Json.Nodes;
using Gateway.Embedded.Kinds.Pods;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Kinds.Workloads;

/// <summary>The rules of Jobs.</summary>
internal static class JobRules
{
    public const string ControllerUid = "batch.kubernetes.io/controller-uid";
    public const string JobName = "batch.kubernetes.io/job-name";
    public const string LegacyControllerUid = "controller-uid";
    public const string LegacyJobName = "job-name";

    public static readonly KindRules Rules = new()
    {
        Defaults = Default,
        BeforeCreate = Begin,
        Validate = JobValidation.Validate,
        ValidateUpdate = JobValidation.ValidateUpdate,
    };

    private static void Default(JsonObject content)
    {
        var spec = content.Child("spec");
        if (spec["completions"] is null && spec["parallelism"] is null) spec["completions"] = 1;
        spec.Default("parallelism", 1);
        spec.Default("backoffLimit", spec["backoffLimitPerIndex"] is null ? 6 : int.MaxValue);
        spec.Default("completionMode", "NonIndexed");
        spec.Default("suspend", false);
        spec.Default("manualSelector", false);
        spec.Default("podReplacementPolicy", spec["podFailurePolicy"] is null ? "TerminatingOrFailed" : "Failed");
        PodTemplateRules.Default(spec.Child("template"));
    }

    /// <summary>
    /// A Job finds its pods by labels that the server writes. A Job without labels of its own takes its template's;
    /// where it came with a name these are the same map in the server, so that it takes what the server adds, too.
    /// </summary>
    private static void Begin(JsonObject content)
    {
        var metadata = content.Metadata();
        var template = content.Child("spec").Child("template").Metadata();
        var (takes, shares) = (metadata["labels"] is null && template["labels"] is not null, metadata["generateName"] is null);
        if (takes && !shares) metadata["labels"] = template["labels"]!.DeepClone();
        if (content.Child("spec").Flag("manualSelector") != true) WriteSelector(content, template);
        if (takes && shares) metadata["labels"] = template["labels"]!.DeepClone();
    }

    private static void WriteSelector(JsonObject content, JsonObject template)
    {
        var (name, uid, labels) = (content.Metadata().Text("name"), content.Metadata().Text("uid"), template.Child("labels"));
        labels.Default(ControllerUid, uid!);
        labels.Default(JobName, name!);
        labels.Default(LegacyControllerUid, uid!);
        labels.Default(LegacyJobName, name!);
        template["labels"] = labels.Sorted();
        content.Child("spec").Child("selector").Child("matchLabels").Default(ControllerUid, uid!);
    }
}
