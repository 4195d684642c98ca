using System.Text;
using FluentValidation;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads;

/// <summary>Labels and annotations of the caller's own: none that the scheduler, Kubernetes or the gateway reads.</summary>
internal sealed class MetadataRules : AbstractValidator<WorkloadSubmission>
{
    // The server takes 256 KiB with all annotations: https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/
    private const int LargestAnnotations = 200 * 1024;
    private const int MostLabels = 100;

    private static readonly string[] Keys =
        ["pod-group-name", "priorityClassName", "project", "user", "release", "app.kubernetes.io/managed-by", "mps", "received-resource-type", "job-name", "controller-uid", "controller-revision-hash"];

    private static readonly string[] Prefixes = ["kai.scheduler/", "runai/", "run.ai/", "workload-gateway.io/", "gpu-", "nvidia.com/container.", "runai-"];

    public MetadataRules()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(w => w.Labels).Must(labels => labels.Count <= MostLabels).WithMessage($"must have at most {MostLabels} entries").Labels()
            .Must(labels => !labels.Keys.Any(IsReserved)).WithMessage((_, labels) => $"must not have {labels.Keys.First(IsReserved)}, which is reserved");
        RuleFor(w => w.Annotations).Must(annotations => annotations.Keys.All(KubernetesNames.IsLabelKey))
            .WithMessage((_, annotations) => $"must have annotation keys, which are formed as label keys: {annotations.Keys.First(key => !KubernetesNames.IsLabelKey(key))} is none")
            .Must(annotations => annotations.Values.All(value => value is not null)).WithMessage("must have values that are not null")
            .Must(annotations => !annotations.Keys.Any(IsReserved)).WithMessage((_, annotations) => $"must not have {annotations.Keys.First(IsReserved)}, which is reserved")
            .Must(annotations => annotations.Sum(entry => Encoding.UTF8.GetByteCount(entry.Key) + Encoding.UTF8.GetByteCount(entry.Value)) <= LargestAnnotations)
            .WithMessage($"must have at most {LargestAnnotations} bytes together");
    }

    // Whatever its spelling: the scheduler reads some keys whatever theirs.
    private static bool IsReserved(string key) =>
        Keys.Contains(key, StringComparer.OrdinalIgnoreCase)
        || (Prefixes.Any(prefix => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) && !key.StartsWith(Embedded, StringComparison.Ordinal))
        || (key.Split('/') is [var domain, _] && (IsUnder(domain, "kubernetes.io") || IsUnder(domain, "k8s.io")));

    // The embedded cluster's are the caller's to set.
    private const string Embedded = "embedded.workload-gateway.io/";

    private static bool IsUnder(string domain, string parent) =>
        domain.Equals(parent, StringComparison.OrdinalIgnoreCase) || domain.EndsWith("." + parent, StringComparison.OrdinalIgnoreCase);
}
