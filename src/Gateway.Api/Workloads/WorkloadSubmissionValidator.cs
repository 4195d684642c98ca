using FluentValidation;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads;

/// <summary>What can never run is refused here, before the cluster is asked.</summary>
internal sealed class WorkloadSubmissionValidator : AbstractValidator<WorkloadSubmission>
{
    private const int LongestTrainName = 63;

    // The pods of a StatefulSet carry its name and a hash of 10 as a label of at most 63: https://github.com/kubernetes/kubernetes/issues/64023
    private const int LongestBuildName = 52;

    public WorkloadSubmissionValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(w => w.Type).NotEmpty().OneOf(WorkloadType.All);
        RuleFor(w => w.Name).NotEmpty().DnsLabel();
        RuleFor(w => w.Name).MaximumLength(LongestTrainName).WithMessage($"must be at most {LongestTrainName} characters").When(w => w.Type != WorkloadType.Build);
        RuleFor(w => w.Name).MaximumLength(LongestBuildName).WithMessage($"must be at most {LongestBuildName} characters for a build").When(w => w.Type == WorkloadType.Build);
        RuleFor(w => w.User).MaximumLength(253).WithMessage("must be at most 253 characters");
        RuleFor(w => w.User).Must(user => user is null || !string.IsNullOrWhiteSpace(user)).WithMessage("must not be blank");
        RuleFor(w => w.Image).NotEmpty().ImageReference();
        RuleForEach(w => w.Command).NotNull().WithMessage("must not be null");
        RuleForEach(w => w.Args).NotNull().WithMessage("must not be null");
        RuleFor(w => w.Gpu!).SetValidator(new GpuRequestValidator()).When(w => w.Gpu is not null);
        RuleFor(w => w.Scheduling!).SetValidator(new SchedulingRequestValidator()).When(w => w.Scheduling is not null);
        RuleFor(w => w.MinMembers).GreaterThanOrEqualTo(1).WithMessage("must be 1 or more");
        RuleFor(w => w.MinMembers).Null().WithMessage("is for trains only").When(w => w.Type == WorkloadType.Build);
    }
}

/// <summary>Exactly one way to ask for GPUs, in the range that the scheduler takes.</summary>
internal sealed class GpuRequestValidator : AbstractValidator<GpuRequest>
{
    public GpuRequestValidator()
    {
        RuleFor(g => g).Must(g => g.Count is null != g.Fraction is null).WithMessage("must have exactly one of count and fraction");
        RuleFor(g => g.Count).GreaterThanOrEqualTo(0).WithMessage("must be 0 or more");
        RuleFor(g => g.Fraction).GreaterThan(0).WithMessage("must be more than 0");
        RuleFor(g => g.Fraction).LessThan(1).WithMessage("must be less than 1; for whole GPUs use gpu.count");
        RuleFor(g => g.Fraction).Must(f => f is null || decimal.Round(f.Value, 2) == f).WithMessage("must have at most two decimals");
    }
}
