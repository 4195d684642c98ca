using Gateway.Core.Workloads;
using k8s.Models;

namespace Gateway.Core.Manifests.Pods;

/// <summary>Environment variables as the container has them.</summary>
internal static class ContainerEnvironment
{
    /// <summary>The variables that were asked for, and `HOME` with a home directory; null when there are none.</summary>
    public static IList<V1EnvVar>? ToEnv(this WorkloadSubmission request)
    {
        List<V1EnvVar> variables = [.. request.Env.Select(ToVariable)];
        if (request.CreateHomeDirectory == true)
            variables.Add(new() { Name = "HOME", Value = PodVolumes.Home });
        return variables.Count == 0 ? null : variables;
    }

    /// <summary>The Secrets and ConfigMaps whose keys become variables; null when there are none.</summary>
    public static IList<V1EnvFromSource>? ToEnvFrom(this WorkloadSubmission request) =>
        request.EnvFrom.Count == 0 ? null : [.. request.EnvFrom.Select(source => new V1EnvFromSource
        {
            Prefix = source.Prefix,
            SecretRef = source.Secret is null ? null : new() { Name = source.Secret },
            ConfigMapRef = source.ConfigMap is null ? null : new() { Name = source.ConfigMap },
        })];

    private static V1EnvVar ToVariable(EnvironmentVariable variable) => new()
    {
        Name = variable.Name,
        Value = variable.Value,
        ValueFrom = variable.Value is not null ? null : new()
        {
            SecretKeyRef = variable.Secret is { } secret ? new() { Name = secret.Name, Key = secret.Key } : null,
            ConfigMapKeyRef = variable.ConfigMap is { } map ? new() { Name = map.Name, Key = map.Key } : null,
            FieldRef = variable.Field is { } field ? new() { FieldPath = field } : null,
        },
    };
}
