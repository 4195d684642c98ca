using FluentValidation;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads;

/// <summary>The rules of tolerations in core/v1: https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/</summary>
internal sealed class TolerationValidator : PartValidator<Toleration>
{
    public TolerationValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(t => t.Key).Must((t, key) => !string.IsNullOrEmpty(key) || t.Operator == "Exists").WithMessage("is required, unless operator is Exists");
        RuleFor(t => t.Key).LabelKey().When(t => t.Key is not "");
        RuleFor(t => t.Operator).OneOf(["Equal", "Exists"]);
        RuleFor(t => t.Value).LabelValueOrEmpty().When(t => t.Operator != "Exists");
        RuleFor(t => t.Value).Empty().WithMessage("must be left out with operator Exists").When(t => t.Operator == "Exists");
        RuleFor(t => t.Effect).OneOf(["NoSchedule", "PreferNoSchedule", "NoExecute"]);
        RuleFor(t => t.TolerationSeconds).Null().WithMessage("needs effect NoExecute").When(t => t.Effect != "NoExecute");
    }
}
