using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Manifests;

/// <summary>A train as a Job.</summary>
public static class JobManifest
{
    /// <summary>The Job that runs a train.</summary>
    public static V1Job ToJob(this WorkloadSubmission request, Placement placement, WorkloadDefaults defaults) => new()
    {
        ApiVersion = "batch/v1",
        Kind = V1Job.KubeKind,
        Metadata = request.ToMetadata(placement, defaults),
        Spec = new()
        {
            Completions = request.Completions,
            Parallelism = request.Parallelism,
            CompletionMode = request.Indexed == true ? "Indexed" : null,
            BackoffLimit = request.WithRoom(placement).BackoffLimit,
            BackoffLimitPerIndex = request.WithRoom(placement).BackoffLimitPerIndex,
            PodFailurePolicy = request.ToPodFailurePolicy(placement),
            MaxFailedIndexes = request.MaxFailedIndexes,
            TtlSecondsAfterFinished = request.TtlSecondsAfterFinished,
            ActiveDeadlineSeconds = request.DeadlineSeconds,
            Suspend = request.Suspended,
            Template = request.ToPodTemplate(placement, defaults, request.ToContainer(request.Command, request.Args), restartPolicy: request.RestartPolicy ?? "Never"),
        },
    };
}
