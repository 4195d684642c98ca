using k8s;
using k8s.Models;

namespace Gateway.Core.Manifests;

/// <summary>An object of the cluster as `kubectl apply -f -` takes it into an empty namespace.</summary>
public static class PortableManifest
{
    /// <summary>What stands in place of a literal environment value.</summary>
    public const string Hidden = "<hidden>";

    // What the Job controller generates: https://kubernetes.io/docs/concepts/workloads/controllers/job/#specifying-your-own-pod-selector
    private static readonly HashSet<string> GeneratedLabels =
        ["controller-uid", "job-name", "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-name"];

    /// <summary>The annotation in which `kubectl apply` keeps the whole object once more, environment values included.</summary>
    internal const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    private static readonly HashSet<string> KeptByKubectl = [LastApplied];

    /// <summary>
    /// The object without status, without what the server wrote into its metadata, without a Job's generated selector and
    /// labels; literal environment values are hidden unless asked for.
    /// </summary>
    public static IKubernetesObject<V1ObjectMeta> ToPortable(this IKubernetesObject<V1ObjectMeta> owner, bool values = false) => owner switch
    {
        V1Job job => new V1Job
        {
            ApiVersion = "batch/v1",
            Kind = V1Job.KubeKind,
            Metadata = Portable(job.Metadata, job.Generates()),
            Spec = job.Generates()
                ? job.Spec with { Selector = null, ManualSelector = null, Template = Portable(job.Spec.Template, generated: true, values) }
                : job.Spec with { Template = Portable(job.Spec.Template, generated: false, values) },
        },
        V1StatefulSet set => new V1StatefulSet
        {
            ApiVersion = "apps/v1",
            Kind = V1StatefulSet.KubeKind,
            Metadata = Portable(set.Metadata, generated: false),
            Spec = set.Spec with { Template = Portable(set.Spec.Template, generated: false, values) },
        },
        _ => throw new ArgumentException($"A {owner.Kind} is no workload.", nameof(owner)),
    };

    private static bool Generates(this V1Job job) => job.Spec.ManualSelector != true;

    private static V1ObjectMeta Portable(V1ObjectMeta? metadata, bool generated) => new()
    {
        Name = metadata?.Name,
        Labels = generated ? Without(GeneratedLabels, metadata?.Labels) : metadata?.Labels,
        Annotations = Without(KeptByKubectl, metadata?.Annotations),
    };

    private static V1PodTemplateSpec Portable(V1PodTemplateSpec template, bool generated, bool values) => new()
    {
        Metadata = Portable(template.Metadata, generated),
        Spec = values ? template.Spec : template.Spec with
        {
            Containers = [.. template.Spec.Containers.Select(Hide)],
            InitContainers = template.Spec.InitContainers?.Select(Hide).ToList(),
        },
    };

    private static Dictionary<string, string>? Without(HashSet<string> keys, IDictionary<string, string>? entries)
    {
        var kept = entries?.Where(entry => !keys.Contains(entry.Key)).ToDictionary();
        return kept is { Count: > 0 } ? kept : null;
    }

    private static V1Container Hide(V1Container container) => container with { Env = container.Env?.Select(Hide).ToList() };

    private static V1EnvVar Hide(V1EnvVar variable) => variable.Value is null ? variable : variable with { Value = Hidden };
}
