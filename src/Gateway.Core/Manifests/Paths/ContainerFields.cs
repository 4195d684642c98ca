using Gateway.Core.Scheduling;

namespace Gateway.Core.Manifests.Paths;

/// <summary>The fields of the container that runs the caller's image, its mounts apart.</summary>
internal static class ContainerFields
{
    public static IEnumerable<(string Field, string Path)> All =>
    [
        .. Rows.Select(row => ($"spec.template.spec.containers[0].{row.Field}", row.Path)),
        // The gateway's own containers ask for as much.
        .. from row in Rows
           where row.Field.StartsWith("resources.", StringComparison.Ordinal)
           select ($"spec.template.spec.initContainers[*].{row.Field}", row.Path),
    ];

    private static readonly (string Field, string Path)[] Rows =
    [
        ("name", "name"),
        ("image", "image"),
        ("imagePullPolicy", "imagePullPolicy"),
        ("command**", "command**"),
        ("args**", "args**"),
        ("workingDir", "workingDir"),
        ("stdin", "stdin"),
        ("tty", "tty"),
        ("env", "env"),
        ("env[*]", "env[*]"),
        ("env[*].name", "env[*].name"),
        ("env[*].value", "env[*].value"),
        ("env[*].valueFrom.secretKeyRef**", "env[*].secret**"),
        ("env[*].valueFrom.configMapKeyRef**", "env[*].configMap**"),
        ("env[*].valueFrom.fieldRef", "env[*].field"),
        ("envFrom", "envFrom"),
        ("envFrom[*]", "envFrom[*]"),
        ("envFrom[*].prefix", "envFrom[*].prefix"),
        ("envFrom[*].secretRef", "envFrom[*].secret"),
        ("envFrom[*].configMapRef", "envFrom[*].configMap"),
        ("resources.limits", "extendedResources"),
        ("resources.requests", "extendedResources"),
        ("resources.limits[cpu]", "cpu.limit"),
        ("resources.limits[memory]", "memory.limit"),
        ("resources.limits[ephemeral-storage]", "ephemeralStorage.limit"),
        ("resources.requests[cpu]", "cpu.request"),
        ("resources.requests[memory]", "memory.request"),
        ("resources.requests[ephemeral-storage]", "ephemeralStorage.request"),
        ($"resources.limits[{GpuKeys.Count}]", "gpu.count"),
        ($"resources.requests[{GpuKeys.Count}]", "gpu.count"),
        ($"resources.limits[{GpuKeys.MigPrefix}***", "gpu.mig"),
        ($"resources.requests[{GpuKeys.MigPrefix}***", "gpu.mig"),
        ("ports", "ports"),
        ("ports[*]", "ports[*]"),
        ("ports[*].containerPort", "ports[*].port"),
        // The server fills it in for pods in the node's network.
        ("ports[*].hostPort", "ports[*].port"),
        ("ports[*].name", "ports[*].name"),
        ("ports[*].protocol", "ports[*].protocol"),
        ("securityContext**", "security**"),
        ("readinessProbe**", "readinessProbe**"),
    ];
}
