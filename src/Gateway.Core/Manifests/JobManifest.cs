using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Manifests;

/// <summary>A train as a Job.</summary>
public static class JobManifest
{
    /// <summary>The Job that runs a train.</summary>
    public static V1Job ToJob(this WorkloadSubmission request, Placement placement) => new()
    {
        ApiVersion = "batch/v1",
        Kind = V1Job.KubeKind,
        Metadata = request.ToMetadata(placement),
        Spec = new()
        {
            Template = request.ToPodTemplate(placement, request.ToContainer(request.Command, request.Args), restartPolicy: "Never"),
        },
    };
}
