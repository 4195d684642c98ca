using System.Globalization;
using FluentValidation;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads;

/// <summary>Terms that can match a node.</summary>
internal sealed class NodeAffinityValidator : PartValidator<NodeAffinity>
{
    public NodeAffinityValidator()
    {
        RuleFor(a => a).Must(a => a.Required.Count + a.Preferred.Count > 0).WithMessage("must have required or preferred, or both");
        RuleForEach(a => a.Required).NotNull().WithMessage("must not be null").SetValidator(new NodeSelectorTermValidator());
        RuleForEach(a => a.Preferred).NotNull().WithMessage("must not be null").SetValidator(new PreferredNodesValidator());
    }
}

/// <summary>A weight and what it is for.</summary>
internal sealed class PreferredNodesValidator : PartValidator<PreferredNodes>
{
    public PreferredNodesValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(p => p.Weight).NotNull().WithMessage("is required").InclusiveBetween(1, 100).WithMessage("must be 1 to 100");
        RuleFor(p => p.Preference!).NotNull().WithMessage("is required").SetValidator(new NodeSelectorTermValidator());
    }
}

/// <summary>A term without expressions matches no node.</summary>
internal sealed class NodeSelectorTermValidator : PartValidator<NodeSelectorTerm>
{
    public NodeSelectorTermValidator()
    {
        RuleFor(t => t.MatchExpressions).Must(expressions => expressions.Count > 0).WithMessage("must have one or more expressions");
        RuleForEach(t => t.MatchExpressions).NotNull().WithMessage("must not be null").SetValidator(new NodeSelectorRequirementValidator());
    }
}

/// <summary>As many values as the operator takes: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/node-selector-requirement/</summary>
internal sealed class NodeSelectorRequirementValidator : PartValidator<NodeSelectorRequirement>
{
    private static readonly string[] Operators = ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"];

    public NodeSelectorRequirementValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(r => r.Key).NotEmpty().LabelKey();
        RuleFor(r => r.Operator).NotEmpty().OneOf(Operators);
        RuleFor(r => r.Values).Must(values => values.Count > 0).WithMessage("must have one or more values").When(r => r.Operator is "In" or "NotIn");
        RuleFor(r => r.Values).Must(values => values.Count == 0).WithMessage("must be left out with this operator").When(r => r.Operator is "Exists" or "DoesNotExist");
        RuleFor(r => r.Values).Must(values => values is [var number] && IsWhole(number)).WithMessage("must be one whole number, as a string").When(r => r.Operator is "Gt" or "Lt");
        RuleForEach(r => r.Values).NotNull().WithMessage("must not be null").LabelValueOrEmpty().When(r => r.Operator is "In" or "NotIn");
    }

    private static bool IsWhole(string? text) => KubernetesNames.IsLabelValue(text ?? "") && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
