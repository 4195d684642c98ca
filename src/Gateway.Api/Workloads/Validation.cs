using System.Text.Json;
using FluentValidation.Results;
using Gateway.Api.Errors;
using Gateway.Core.Manifests;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads;

/// <summary>The door between what was read and what is mapped.</summary>
internal static class Validation
{
    /// <summary>Where so many errors are found, no more are looked for.</summary>
    public const int MostErrors = 50;

    private static readonly WorkloadSubmissionValidator Validator = new();

    /// <summary>Refuses a submission that can never run, with every field that is wrong.</summary>
    public static void Validate(this WorkloadSubmission submission) => Refuse(Validator.Validate(submission).Errors);

    /// <summary>Refuses a submission that can never run, or not with these settings and this key, with every field that is wrong.</summary>
    public static void Validate(this WorkloadSubmission submission, IdempotencyOptions idempotency, WorkloadDefaults defaults, string? key)
    {
        List<ValidationFailure> wrong = [.. Validator.Validate(submission).Errors];
        if (submission is { Name: not null, NamePrefix: not null })
            wrong.Add(new(nameof(submission.Name), "must not stand beside namePrefix"));
        if (key is not null && submission.TtlSecondsAfterFinished < idempotency.Retention.TotalSeconds)
            wrong.Add(new(nameof(submission.TtlSecondsAfterFinished), $"must be at least {idempotency.Retention.TotalSeconds:0} with an Idempotency-Key, or a late retry would run again"));
        if (submission.Expose == Exposure.Ingress && defaults.IngressHost is null)
            wrong.Add(new(nameof(submission.Expose), "must not be Ingress: the operator has not set Ingress:HostTemplate"));
        if (submission is { Expose: Exposure.Ingress, Ports.Count: > 1 } && defaults.IngressHost?.Contains("{port}", StringComparison.Ordinal) is false)
            wrong.Add(new(nameof(submission.Ports), "must be one with Ingress: the operator's Ingress:HostTemplate has no {port}"));
        Refuse(wrong);
    }

    private static void Refuse(List<ValidationFailure> wrong)
    {
        if (wrong.Count > 0)
            throw new ProblemException(ProblemTypes.InvalidWorkload.With(Sentence(wrong)) with { Errors = ByPath(wrong) });
    }

    private static string Sentence(List<ValidationFailure> failures) =>
        $"{Path(failures[0].PropertyName)} {Message(failures[0])}{(failures.Count > 1 ? $" ({Math.Min(failures.Count, MostErrors) - 1} more in errors)." : ".")}";

    private static Dictionary<string, string[]> ByPath(List<ValidationFailure> failures)
    {
        var byPath = failures.Take(MostErrors).GroupBy(failure => Path(failure.PropertyName), Message).ToDictionary(field => field.Key, field => field.Distinct().ToArray());
        if (failures.Count >= MostErrors)
            byPath[BoundedErrors.More] = [$"more may be wrong: {MostErrors} errors are looked for at most"];
        return byPath;
    }

    private static string Message(ValidationFailure failure) => failure.ErrorCode == "NotEmptyValidator" ? "is required" : failure.ErrorMessage;

    // Gpu.Fraction is gpu.fraction to the caller; an index stays as it is.
    private static string Path(string property) => string.Join('.', property.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
