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
            .Must(labels => !labels.Keys.Any(ReservedKeys.IsReserved)).WithMessage((_, labels) => $"must not have {labels.Keys.First(ReservedKeys.IsReserved)}, which is reserved");
        RuleFor(w => w.Annotations).Must(annotations => annotations.Keys.All(KubernetesNames.IsLabelKey))
            .WithMessage((_, annotations) => $"must have annotation keys, which are formed as label keys: {annotations.Keys.First(key => !KubernetesNames.IsLabelKey(key))} is none")
            .Must(annotations => annotations.Values.All(value => value is not null)).WithMessage("must have values that are not null")
            .Must(annotations => !annotations.Keys.Any(ReservedKeys.IsReserved)).WithMessage((_, annotations) => $"must not have {annotations.Keys.First(ReservedKeys.IsReserved)}, which is reserved")
            .Must(annotations => annotations.Sum(entry => Encoding.UTF8.GetByteCount(entry.Key) + Encoding.UTF8.GetByteCount(entry.Value)) <= LargestAnnotations)
            .WithMessage($"must have at most {LargestAnnotations} bytes together");
    }
}
