using System.Linq.Expressions;
using FluentValidation;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads;

/// <summary>How a workload runs and ends. What is for the other type is refused, not ignored.</summary>
internal sealed class LifecycleRules : PartValidator<WorkloadSubmission>
{
    private const int LargestNumberOfPods = 100_000;
    private static readonly string[] RestartPolicies = ["Never", "OnFailure"];

    public LifecycleRules()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        OnlyTrain(w => w.Completions);
        OnlyTrain(w => w.Parallelism);
        OnlyTrain(w => w.Indexed);
        OnlyTrain(w => w.BackoffLimit);
        OnlyTrain(w => w.BackoffLimitPerIndex);
        OnlyTrain(w => w.MaxFailedIndexes);
        OnlyTrain(w => w.RestartPolicy);
        OnlyTrain(w => w.TtlSecondsAfterFinished);
        OnlyTrain(w => w.DeadlineSeconds);
        OnlyTrain(w => w.TimeLimitSeconds);
        OnlyTrain(w => w.MinMembers);
        OnlyTrain(w => w.Suspended);
        RuleFor(w => w.Replicas).Null().WithMessage("is for builds only").When(w => w.Type == WorkloadType.Train);

        RuleFor(w => w.Replicas).InclusiveBetween(1, LargestNumberOfPods).WithMessage($"must be 1 to {LargestNumberOfPods}");
        RuleFor(w => w.Completions).InclusiveBetween(1, LargestNumberOfPods).WithMessage($"must be 1 to {LargestNumberOfPods}");
        RuleFor(w => w.Parallelism).InclusiveBetween(1, LargestNumberOfPods).WithMessage($"must be 1 to {LargestNumberOfPods}");
        RuleFor(w => w.Parallelism).Must((w, parallelism) => parallelism is null || parallelism <= (w.Completions ?? 1)).WithMessage("must not be more than completions (1 when left out)");
        RuleFor(w => w.MinMembers).GreaterThanOrEqualTo(1).WithMessage("must be 1 or more");
        RuleFor(w => w.MinMembers).Must((w, members) => members is null || members <= (w.Parallelism ?? 1)).WithMessage("must not be more than parallelism (1 when left out)");
        RuleFor(w => w.Indexed).Must((w, _) => w.Completions is not null).WithMessage("takes completions").When(w => w.Indexed == true);
        RuleFor(w => w.BackoffLimit).GreaterThanOrEqualTo(0).WithMessage("must be 0 or more");
        RuleFor(w => w.BackoffLimitPerIndex).GreaterThanOrEqualTo(0).WithMessage("must be 0 or more")
            .Must((w, limit) => limit is null || w.Indexed == true).WithMessage("takes indexed")
            .Must((w, limit) => limit is null || w.RestartPolicy is null or "Never").WithMessage("takes restartPolicy Never");
        RuleFor(w => w.MaxFailedIndexes).GreaterThanOrEqualTo(0).WithMessage("must be 0 or more")
            .Must((w, most) => most is null || w.BackoffLimitPerIndex is not null).WithMessage("takes backoffLimitPerIndex")
            .Must((w, most) => most is null || most <= w.Completions).WithMessage("must not be more than completions");
        RuleFor(w => w.RestartPolicy).OneOf(RestartPolicies).Must(text => text is not "").WithMessage("must not be empty");
        RuleFor(w => w.TtlSecondsAfterFinished).GreaterThanOrEqualTo(0).WithMessage("must be 0 or more");
        RuleFor(w => w.DeadlineSeconds).InclusiveBetween(1, int.MaxValue).WithMessage($"must be 1 to {int.MaxValue}");
        RuleFor(w => w.TimeLimitSeconds).InclusiveBetween(1, int.MaxValue).WithMessage($"must be 1 to {int.MaxValue}");
        RuleFor(w => w.TerminationGracePeriodSeconds).InclusiveBetween(0, int.MaxValue).WithMessage($"must be 0 to {int.MaxValue}");
    }

    private void OnlyTrain<T>(Expression<Func<WorkloadSubmission, T>> field) =>
        RuleFor(field).Must(value => value is null).WithMessage("is for trains only").When(w => w.Type == WorkloadType.Build);
}
