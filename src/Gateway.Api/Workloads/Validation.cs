using System.Text.Json;
using FluentValidation.Results;
using Gateway.Api.Errors;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads;

/// <summary>The door between what was read and what is mapped.</summary>
internal static class Validation
{
    private static readonly WorkloadSubmissionValidator Validator = new();

    /// <summary>Refuses a submission that can never run, with every field that is wrong.</summary>
    public static void Validate(this WorkloadSubmission submission)
    {
        var result = Validator.Validate(submission);
        if (!result.IsValid)
            throw new ProblemException(ProblemTypes.InvalidWorkload.With(Sentence(result.Errors)) with { Errors = ByPath(result.Errors) });
    }

    private static string Sentence(List<ValidationFailure> failures) =>
        $"{Path(failures[0].PropertyName)} {Message(failures[0])}{(failures.Count > 1 ? $" ({failures.Count - 1} more in errors)." : ".")}";

    private static Dictionary<string, string[]> ByPath(List<ValidationFailure> failures) =>
        failures.GroupBy(failure => Path(failure.PropertyName), Message).ToDictionary(field => field.Key, field => field.Distinct().ToArray());

    private static string Message(ValidationFailure failure) => failure.ErrorCode == "NotEmptyValidator" ? "is required" : failure.ErrorMessage;

    // Gpu.Fraction is gpu.fraction to the caller; an index stays as it is.
    private static string Path(string property) => string.Join('.', property.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
