using Gateway.Core.Scheduling;

namespace Gateway.Core.Manifests.Paths;

/// <summary>The fields of the pod, its containers and volumes apart.</summary>
internal static class PodFields
{
    public static IEnumerable<(string Field, string Path)> All =>
        Rows.Concat(SchedulingPath.Rows).Select(row => ($"spec.template.{row.Field}", row.Path));

    private static readonly (string Field, string Path)[] Rows =
    [
        ("metadata.labels", "labels"),
        ($"metadata.labels[{UserLabel.Key}]", "user"),
        ($"metadata.labels[{StatefulSetManifest.ReleaseLabel}]", "name"),
        ("metadata.annotations", "annotations"),
        ($"metadata.annotations[{OwnKeys.User}]", "user"),
        ("spec.restartPolicy", "restartPolicy"),
        ("spec.activeDeadlineSeconds", "timeLimitSeconds"),
        ("spec.terminationGracePeriodSeconds", "terminationGracePeriodSeconds"),
        ("spec.securityContext**", "security**"),
        ("spec.securityContext.seccompProfile", "security.seccompProfile"),
        ("spec.hostIPC", "security.hostIpc"),
        ("spec.hostNetwork", "security.hostNetwork"),
        ("spec.dnsPolicy", "security.hostNetwork"),
        ("spec.imagePullSecrets", "imagePullSecrets"),
        ("spec.imagePullSecrets[*]", "imagePullSecrets[*]"),
        ("spec.volumes", "volumes"),
        ("spec.containers[0].volumeMounts", "volumes"),
    ];
}
