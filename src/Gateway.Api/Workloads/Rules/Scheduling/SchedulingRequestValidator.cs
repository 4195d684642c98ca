using FluentValidation;
using Gateway.Core.Scheduling;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads;

/// <summary>What the scheduler and the cluster would refuse, or ignore without a word. Which priority classes there are is the dialect's.</summary>
internal sealed class SchedulingRequestValidator : PartValidator<SchedulingRequest>
{
    public SchedulingRequestValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(s => s.PriorityClass).LabelValue();
        RuleFor(s => s.NodePool).LabelValue();
        RuleFor(s => s.NodeType).LabelValue();
        RuleFor(s => s.NodeSelector).Labels();
        RuleFor(s => s.NodeSelector).Must(selector => !selector.ContainsKey(SchedulingKeys.NodeType))
            .WithMessage($"must not have {SchedulingKeys.NodeType}, which nodeType says").When(s => s.NodeType is not null);
        RuleFor(s => s.NodeAffinity!).SetValidator(new NodeAffinityValidator()).When(s => s.NodeAffinity is not null);
        RuleFor(s => s.PodAffinity!).SetValidator(new PodAffinityValidator()).When(s => s.PodAffinity is not null);
        RuleForEach(s => s.Tolerations).NotNull().WithMessage("must not be null").SetValidator(new TolerationValidator());
        RuleFor(s => s.Topology!).SetValidator(new TopologyRequestValidator()).When(s => s.Topology is not null);
    }
}

/// <summary>Exactly one kind of nearness.</summary>
internal sealed class PodAffinityValidator : PartValidator<PodAffinity>
{
    public PodAffinityValidator()
    {
        RuleFor(a => a).Must(a => a.Required is null != a.Preferred is null).WithMessage("must have exactly one of required and preferred");
        RuleFor(a => a.Required).LabelKey();
        RuleFor(a => a.Preferred).LabelKey();
    }
}

/// <summary>A topology by name, and at least one of its levels.</summary>
internal sealed class TopologyRequestValidator : PartValidator<TopologyRequest>
{
    public TopologyRequestValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(t => t.Name).NotEmpty().Must(name => KubernetesNames.IsObjectName(name!)).WithMessage("must be the name of a topology");
        RuleFor(t => t).Must(t => t.Required is not null || t.Preferred is not null).WithMessage("must have required or preferred, or both");
        RuleFor(t => t.Required).LabelKey();
        RuleFor(t => t.Preferred).LabelKey();
    }
}
