using System.Text.RegularExpressions;
using FluentValidation;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads;

/// <summary>What the pods get of their nodes.</summary>
internal sealed class ResourceRules : PartValidator<WorkloadSubmission>
{
    public ResourceRules()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(w => w.Gpu!).SetValidator(new GpuRequestValidator()).When(w => w.Gpu is not null);
        RuleFor(w => w.Cpu!).SetValidator(new ResourceRangeValidator()).When(w => w.Cpu is not null);
        RuleFor(w => w.Memory!).SetValidator(new ResourceRangeValidator()).When(w => w.Memory is not null);
        RuleFor(w => w.EphemeralStorage!).SetValidator(new ResourceRangeValidator()).When(w => w.EphemeralStorage is not null);
        RuleFor(w => w.ExtendedResources)
            .Must(resources => resources.Keys.All(IsExtended))
            .WithMessage((_, resources) => $"must have names of extended resources, such as rdma/hca: {resources.Keys.First(key => !IsExtended(key))} is none, or not to be asked for here")
            .Must(resources => resources.Values.All(number => number >= 0)).WithMessage("must have numbers of 0 or more");
    }

    // https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#extended-resources
    private static bool IsExtended(string name) =>
        name.Split('/') is [var domain, _] && KubernetesNames.IsLabelKey(name) && name.Length <= 200
        && domain != "kubernetes.io" && !domain.EndsWith(".kubernetes.io", StringComparison.Ordinal) && domain != "nvidia.com" && !name.StartsWith("requests.", StringComparison.Ordinal);
}

/// <summary>Amounts, the smaller first.</summary>
internal sealed class ResourceRangeValidator : PartValidator<ResourceRange>
{
    public ResourceRangeValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(r => r).Must(r => (r.Request ?? r.Limit) is not null).WithMessage("must have request or limit, or both");
        RuleFor(r => r.Request).Amount();
        RuleFor(r => r.Limit).Amount();
        RuleFor(r => r.Request).Must((r, request) => Quantity.Parse(request!) is not { } least || Quantity.Parse(r.Limit!) is not { } most || least <= most)
            .WithMessage("must not be more than limit").When(r => r is { Request: not null, Limit: not null });
    }
}

/// <summary>Exactly one way to ask for GPUs, in the range that the scheduler takes.</summary>
internal sealed partial class GpuRequestValidator : PartValidator<GpuRequest>
{
    public GpuRequestValidator()
    {
        RuleFor(g => g).Must(g => NameRules.ExactlyOne(g.Count, g.Fraction, g.Memory, g.Mig)).WithMessage("must have exactly one of count, fraction, memory and mig");
        RuleFor(g => g.Count).GreaterThanOrEqualTo(0).WithMessage("must be 0 or more");
        RuleFor(g => g.Fraction).GreaterThan(0).WithMessage("must be more than 0");
        RuleFor(g => g.Fraction).LessThan(1).WithMessage("must be less than 1; for whole GPUs use gpu.count");
        RuleFor(g => g.Fraction).Must(f => f is null || decimal.Round(f.Value, 2) == f).WithMessage("must have at most two decimals");
        RuleFor(g => g.Memory).PositiveAmount();
        RuleFor(g => g.Mig).Must(mig => mig is null || (mig.Length <= 20 && Profile().IsMatch(mig))).WithMessage("must be a MIG profile, such as 1g.5gb");
        RuleFor(g => g.Devices).InclusiveBetween(1, 1024).WithMessage("must be 1 to 1024");
        RuleFor(g => g.Devices).Null().WithMessage("goes with fraction or memory only").When(g => g.Fraction is null && g.Memory is null);
    }

    [GeneratedRegex(@"^[0-9]+g\.[0-9]+gb(\.me)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Profile();
}
