using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Controllers.Jobs;

/// <summary>What a Job asks for.</summary>
internal sealed class JobSpec(JsonObject spec)
{
    public long Parallelism => spec.Number("parallelism") ?? 1;
    public long? Completions => spec.Number("completions");
    public bool Indexed => spec.Text("completionMode") == "Indexed";
    public long BackoffLimit => spec.Number("backoffLimit") ?? 6;
    public long? BackoffLimitPerIndex => spec.Number("backoffLimitPerIndex");
    public long? MaxFailedIndexes => spec.Number("maxFailedIndexes");
    public bool Suspended => spec.Flag("suspend") == true;
    public long? ActiveDeadlineSeconds => spec.Number("activeDeadlineSeconds");
    public long? TtlSecondsAfterFinished => spec.Number("ttlSecondsAfterFinished");

    /// <summary>Whether a pod on its way out is replaced only once it has failed.</summary>
    public bool ReplacesOnlyFailed => spec.Text("podReplacementPolicy") == "Failed";

    /// <summary>What is made of pods that failed.</summary>
    public FailurePolicy FailurePolicy { get; } = new(spec["podFailurePolicy"] as JsonObject);

    /// <summary>Whether containers are started again in their pod, so that restarts count as failures.</summary>
    public bool RestartsContainers => Template.Child("spec").Text("restartPolicy") == "OnFailure";

    public JsonObject Template => spec.Child("template");
}
