using FluentValidation;
using FluentValidation.Results;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads;

/// <summary>What can never run is refused here, before the cluster is asked: one set of rules a theme.</summary>
internal sealed class WorkloadSubmissionValidator : AbstractValidator<WorkloadSubmission>
{
    private const int LongestTrainName = 63;

    // The pods of a StatefulSet carry its name and a hash of 10 as a label of at most 63: https://github.com/kubernetes/kubernetes/issues/64023
    private const int LongestBuildName = 52;

    // The Service of an exposed workload is named after it.
    private const int LongestExposedName = 55;

    /// <summary>The sets of rules that it consists of, beside those on who it is.</summary>
    public static IReadOnlyList<AbstractValidator<WorkloadSubmission>> Themes { get; } =
        [new ContainerRules(), new EnvironmentRules(), new ResourceRules(), new VolumeRules(), new NetworkRules(), new LifecycleRules(), new MetadataRules()];

    public WorkloadSubmissionValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(w => w.Type).NotEmpty().OneOf(WorkloadType.All);
        RuleFor(w => w.Name).Must((w, name) => !string.IsNullOrEmpty(name) || w.NamePrefix is not null).WithMessage("is required");
        RuleFor(w => w.Name).DnsLabel().Must((w, name) => name is null || name.Length <= LongestName(w)).WithMessage((w, _) => TooLong(LongestName(w), w));
        RuleFor(w => w.NamePrefix).DnsLabel().Must(prefix => prefix is not "").WithMessage("must not be empty")
            .Must((w, prefix) => prefix is null || prefix.Length <= LongestName(w) - NameSuffix.Length).WithMessage((w, _) => TooLong(LongestName(w) - NameSuffix.Length, w));
        RuleFor(w => w.User).Must(user => user is null || !string.IsNullOrWhiteSpace(user)).WithMessage("must not be blank");
        foreach (var theme in Themes)
            Include(theme);
        RuleFor(w => w.Scheduling!).SetValidator(new SchedulingRequestValidator()).When(w => w.Scheduling is not null);
    }

    // What is too long is refused before anything else is looked at.
    protected override bool PreValidate(ValidationContext<WorkloadSubmission> context, ValidationResult result)
    {
        var tooLong = LengthLimits.TooLong(context.InstanceToValidate).Take(Validation.MostErrors);
        result.Errors.AddRange(tooLong.Select(found => new ValidationFailure(found.Path, found.Message)));
        return result.IsValid;
    }

    private static int LongestName(WorkloadSubmission w) => w switch
    {
        { Type: WorkloadType.Build } => LongestBuildName,
        { Expose: not null } => LongestExposedName,
        // The pods of an indexed Job are named after it and their number.
        { Indexed: true, Completions: > 0 and var completions } => LongestTrainName - 1 - $"{completions - 1}".Length,
        _ => LongestTrainName,
    };

    private static string TooLong(int most, WorkloadSubmission w) =>
        $"must be at most {most} characters{(w.Type == WorkloadType.Build ? " for a build" : w.Expose is not null ? " with expose" : w.Indexed == true ? " with so many completions" : "")}";
}
