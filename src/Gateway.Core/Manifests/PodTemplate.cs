using Gateway.Core.Manifests.Companions;
using Gateway.Core.Manifests.Pods;
using Gateway.Core.Scheduling;
using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Manifests;

/// <summary>What a Job and a StatefulSet have in common.</summary>
internal static class PodTemplate
{
    /// <summary>The object's own metadata.</summary>
    public static V1ObjectMeta ToMetadata(this WorkloadSubmission request, Placement placement, WorkloadDefaults defaults) => new()
    {
        Name = request.Name,
        NamespaceProperty = placement.Namespace,
        Labels = Present([.. Own(request.Labels), (OwnKeys.ManagedBy, OwnKeys.ManagedByGateway), .. request.Scheduling.ToOwnerLabels(placement.Dialect, placement.Queue)]),
        Annotations = Present([
            .. Own(request.Annotations),
            (OwnKeys.User, request.User ?? placement.DefaultUser),
            (OwnKeys.SubmittedBy, placement.SubmittedBy),
            (OwnKeys.Fingerprint, placement.Fingerprint),
            (OwnKeys.KeyHash, placement.KeyHash),
            (OwnKeys.Attempt, placement.Attempt),
            .. request.ToCompanionMarks(placement, defaults),
            .. request.ToBackoffMark(placement),
            .. request.ToOwnerAnnotations()]),
    };

    /// <summary>The pod template around the main container: a Job's says when to restart, a StatefulSet's carries the label that selects its pods.</summary>
    public static V1PodTemplateSpec ToPodTemplate(
        this WorkloadSubmission request, Placement placement, WorkloadDefaults defaults, V1Container main, string? restartPolicy = null, string? release = null) => new()
        {
            Metadata = new()
            {
                Labels = Present([
                    .. Own(request.Labels),
                    (UserLabel.Key, UserLabel.Of(request.User ?? placement.DefaultUser)),
                    (StatefulSetManifest.ReleaseLabel, release),
                    .. request.Scheduling.ToPodLabels(placement.Dialect, placement.Queue)]),
                Annotations = Present([
                    .. Own(request.Annotations),
                    (OwnKeys.User, request.User ?? placement.DefaultUser),
                    .. Own(request.Gpu.ToAnnotations())]),
            },
            Spec = new()
            {
                SchedulerName = placement.Dialect.SchedulerName,
                NodeSelector = request.Scheduling.ToNodeSelector(),
                Affinity = request.Scheduling.ToAffinity(OwnPods.Label(request.Type!), request.Name!),
                Tolerations = request.Scheduling.ToTolerations(),
                RestartPolicy = restartPolicy,
                ActiveDeadlineSeconds = request.TimeLimitSeconds,
                TerminationGracePeriodSeconds = request.TerminationGracePeriodSeconds,
                SecurityContext = request.Security.ToPodSecurityContext(),
                HostIPC = request.Security?.HostIpc,
                HostNetwork = request.Security?.HostNetwork,
                DnsPolicy = request.Security?.HostNetwork == true ? "ClusterFirstWithHostNet" : null,
                ImagePullSecrets = request.ImagePullSecrets.Count == 0 ? null : [.. request.ImagePullSecrets.Select(name => new V1LocalObjectReference { Name = name })],
                InitContainers = request.ToClones(defaults),
                Containers = [main],
                Volumes = request.ToVolumes(),
            },
        };

    /// <summary>The container that runs the caller's image.</summary>
    public static V1Container ToContainer(this WorkloadSubmission request, IReadOnlyList<string> command, IReadOnlyList<string> args) => new()
    {
        Name = request.Name,
        Image = request.Image,
        Command = OrNull(command),
        Args = OrNull(args),
        ImagePullPolicy = request.ImagePullPolicy,
        WorkingDir = request.WorkingDir,
        Stdin = request.Stdin,
        Tty = request.Tty,
        Env = request.ToEnv(),
        EnvFrom = request.ToEnvFrom(),
        Resources = request.ToResources(),
        Ports = request.Ports.Count == 0 ? null : [.. request.Ports.Select(port => new V1ContainerPort { Name = port.NameOrDefault(), ContainerPort = port.Port!.Value, Protocol = port.Protocol })],
        VolumeMounts = request.ToMounts(),
        SecurityContext = request.Security.ToSecurityContext(),
        ReadinessProbe = request.ReadinessProbe.ToProbe(),
    };

    private static IEnumerable<(string Key, string? Value)> Own(IEnumerable<KeyValuePair<string, string>> entries) => entries.Select(entry => (entry.Key, (string?)entry.Value));

    internal static Dictionary<string, string>? Present(params IEnumerable<(string Key, string? Value)> entries)
    {
        var present = (from entry in entries where entry.Value is not null select KeyValuePair.Create(entry.Key, entry.Value)).ToDictionary();
        return present.Count == 0 ? null : present;
    }

    private static List<string>? OrNull(IReadOnlyList<string> words) => words.Count == 0 ? null : [.. words];
}
