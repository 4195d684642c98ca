using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Manifests;

/// <summary>A build as a StatefulSet.</summary>
public static class StatefulSetManifest
{
    /// <summary>The pod label that ties a StatefulSet to its pods.</summary>
    public const string ReleaseLabel = "release";

    /// <summary>The StatefulSet that runs a build.</summary>
    public static V1StatefulSet ToStatefulSet(this WorkloadSubmission request, Placement placement, WorkloadDefaults defaults) => new()
    {
        ApiVersion = "apps/v1",
        Kind = V1StatefulSet.KubeKind,
        Metadata = request.ToMetadata(placement, defaults),
        Spec = new()
        {
            ServiceName = request.Name,
            Replicas = request.Replicas ?? 1,
            Selector = new() { MatchLabels = new Dictionary<string, string> { [ReleaseLabel] = request.Name! } },
            Template = request.ToPodTemplate(placement, defaults, request.ToBuildContainer(defaults), release: request.Name),
        },
    };

    private static V1Container ToBuildContainer(this WorkloadSubmission request, WorkloadDefaults defaults) =>
        request.Command.Count + request.Args.Count > 0
            ? request.ToContainer(request.Command, request.Args)
            : request.ToContainer(defaults.BuildCommand, defaults.BuildArgs);
}
