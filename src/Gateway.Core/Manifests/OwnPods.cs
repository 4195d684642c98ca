using Gateway.Core.Workloads;

namespace Gateway.Core.Manifests;

/// <summary>What all pods of a workload have, and no others.</summary>
public static class OwnPods
{
    // Kubernetes gives it to the pods of a Job, with the Job's name.
    private const string JobLabel = "batch.kubernetes.io/job-name";

    /// <summary>The label of the pods whose value is the workload's name.</summary>
    public static string Label(string type) => type == WorkloadType.Train ? JobLabel : StatefulSetManifest.ReleaseLabel;
}
