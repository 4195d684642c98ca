using Gateway.Core.Scheduling;

namespace Gateway.Core.Manifests.Paths;

/// <summary>The fields of a Job, a StatefulSet and what is made beside them, their pods apart.</summary>
internal static class OwnerFields
{
    public static IEnumerable<(string Field, string Path)> All =>
    [
        .. SchedulingPath.OwnerRows,
        ("metadata.name", "name"),
        ("metadata.generateName", "namePrefix"),
        ("metadata.labels", "labels"),
        ("metadata.annotations", "annotations"),
        ($"metadata.annotations[{OwnKeys.User}]", "user"),
        ($"metadata.annotations[{OwnKeys.Expose}]", "expose"),
        ($"metadata.annotations[{OwnKeys.Host}]", "expose"),
        ($"metadata.annotations[{OwnKeys.NodePorts}]", "ports"),
        ($"metadata.annotations[{OwnKeys.EphemeralClaims}]", "volumes"),
        ("spec.completions", "completions"),
        ("spec.parallelism", "parallelism"),
        ("spec.completionMode", "indexed"),
        ("spec.backoffLimit", "backoffLimit"),
        ("spec.backoffLimitPerIndex", "backoffLimitPerIndex"),
        ("spec.maxFailedIndexes", "maxFailedIndexes"),
        ("spec.ttlSecondsAfterFinished", "ttlSecondsAfterFinished"),
        ("spec.activeDeadlineSeconds", "deadlineSeconds"),
        ("spec.suspend", "suspended"),
        ("spec.replicas", "replicas"),
        ("spec.serviceName", "name"),
        ("spec.selector", "name"),
        ("Service.metadata.name", "name"),
        ("Service.metadata.annotations", "name"),
        ("Service.spec.type", "expose"),
        ("Service.spec.selector", "name"),
        ("Service.spec.ports", "ports"),
        ("Service.spec.ports[*]", "ports[*]"),
        ("Service.spec.ports[*].port", "ports[*].port"),
        ("Service.spec.ports[*].targetPort", "ports[*].port"),
        ("Service.spec.ports[*].name", "ports[*].name"),
        ("Service.spec.ports[*].protocol", "ports[*].protocol"),
        ("Service.spec.ports[*].nodePort", "ports[*].nodePort"),
        ("Ingress.metadata.name", "name"),
        ("Ingress.metadata.annotations", "name"),
        ("Ingress.spec", "expose"),
        ("Ingress.spec.rules[*]", "ports[*]"),
        ("Ingress.spec.rules[*].http.paths[0].backend.service.name", "name"),
        ("Ingress.spec.rules[*].http.paths[0].backend.service.port", "ports[*].port"),
    ];
}
