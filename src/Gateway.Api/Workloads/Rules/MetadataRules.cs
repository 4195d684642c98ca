using System.Text;
using FluentValidation;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads;

/// <summary>Labels and annotations of the caller's own: none that the scheduler, Kubernetes or the gateway reads.</summary>
internal sealed class MetadataRules : PartValidator<WorkloadSubmission>
{
    // The server takes 256 KiB with all annotations: https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/
    private const int LargestAnnotations = 200 * 1024;

    public MetadataRules()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(w => w.Labels).Labels()
            .Must(labels => Reserved(KeyPlaces.Labels, labels) is null).WithMessage((_, labels) => Reserved(KeyPlaces.Labels, labels));
        RuleFor(w => w.Annotations).Must(annotations => annotations.Keys.All(KubernetesNames.IsLabelKey))
            .WithMessage((_, annotations) => $"must have annotation keys, which are formed as label keys: {annotations.Keys.First(key => !KubernetesNames.IsLabelKey(key))} is none")
            .Must(annotations => annotations.Values.All(value => value is not null)).WithMessage("must have values that are not null")
            .Must(annotations => annotations.Sum(entry => Encoding.UTF8.GetByteCount(entry.Key) + Encoding.UTF8.GetByteCount(entry.Value)) <= LargestAnnotations)
            .WithMessage($"must have at most {LargestAnnotations} bytes together")
            .Must(annotations => Reserved(KeyPlaces.Annotations, annotations) is null)
            .WithMessage((_, annotations) => Reserved(KeyPlaces.Annotations, annotations));
    }

    private static string? Reserved(KeyPlaces place, IReadOnlyDictionary<string, string> entries)
    {
        var refusals = from entry in entries
                       let reserved = ReservedKeys.Always.Find(place, entry.Key, entry.Value)
                       where reserved is not null
                       let value = reserved.Key.IsOfValues ? $": {entry.Value}" : ""
                       select $"must not have {entry.Key}{value}, which is reserved: {reserved.Why}";
        return refusals.FirstOrDefault();
    }
}
