using Gateway.Core.Scheduling;
using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Manifests;

/// <summary>What a Job and a StatefulSet have in common.</summary>
internal static class PodTemplate
{
    /// <summary>The object's own metadata.</summary>
    public static V1ObjectMeta ToMetadata(this WorkloadSubmission request, Placement placement) => new()
    {
        Name = request.Name,
        NamespaceProperty = placement.Namespace,
        Labels = Present([(OwnKeys.ManagedBy, OwnKeys.ManagedByGateway), .. request.Scheduling.ToOwnerLabels(placement.Dialect, placement.Queue)]),
        Annotations = Present([
            (OwnKeys.User, request.User ?? placement.DefaultUser),
            (OwnKeys.SubmittedBy, placement.SubmittedBy),
            (OwnKeys.Fingerprint, placement.Fingerprint),
            (OwnKeys.KeyHash, placement.KeyHash),
            .. request.ToOwnerAnnotations()]),
    };

    /// <summary>The pod template around the main container: a Job's says when to restart, a StatefulSet's carries the label that selects its pods.</summary>
    public static V1PodTemplateSpec ToPodTemplate(
        this WorkloadSubmission request, Placement placement, V1Container main, string? restartPolicy = null, string? release = null) => new()
        {
            Metadata = new()
            {
                Labels = Present([
                    (UserLabel.Key, UserLabel.Of(request.User ?? placement.DefaultUser)),
                    (StatefulSetManifest.ReleaseLabel, release),
                    .. request.Scheduling.ToPodLabels(placement.Dialect, placement.Queue)]),
                Annotations = OrNull<string>([.. Present((OwnKeys.User, request.User ?? placement.DefaultUser)) ?? [], .. request.Gpu.ToAnnotations()]),
            },
            Spec = new()
            {
                SchedulerName = placement.Dialect.SchedulerName,
                NodeSelector = request.Scheduling.ToNodeSelector(),
                Affinity = request.Scheduling.ToAffinity(OwnPods.Label(request.Type!), request.Name!),
                Tolerations = request.Scheduling.ToTolerations(),
                RestartPolicy = restartPolicy,
                Containers = [main],
            },
        };

    /// <summary>The container that runs the caller's image.</summary>
    public static V1Container ToContainer(this WorkloadSubmission request, IReadOnlyList<string> command, IReadOnlyList<string> args) => new()
    {
        Name = request.Name,
        Image = request.Image,
        Command = OrNull(command),
        Args = OrNull(args),
        Resources = OrNull<ResourceQuantity>([.. request.Gpu.ToLimits()]) is { } limits ? new() { Limits = limits } : null,
    };

    private static Dictionary<string, string>? Present(params IEnumerable<(string Key, string? Value)> entries) =>
        OrNull<string>([.. from entry in entries where entry.Value is not null select KeyValuePair.Create(entry.Key, entry.Value)]);

    private static Dictionary<string, T>? OrNull<T>(IReadOnlyList<KeyValuePair<string, T>> entries) => entries.Count == 0 ? null : new(entries);

    private static List<string>? OrNull(IReadOnlyList<string> words) => words.Count == 0 ? null : [.. words];
}
