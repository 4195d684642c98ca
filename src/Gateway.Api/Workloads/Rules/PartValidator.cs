using FluentValidation;
using FluentValidation.Results;

namespace Gateway.Api.Workloads;

/// <summary>Rules of a part of a submission. Where enough is wrong already, no further part is looked at.</summary>
internal abstract class PartValidator<T> : AbstractValidator<T>
{
    protected override bool PreValidate(ValidationContext<T> context, ValidationResult result) => result.Errors.Count < Validation.MostErrors;
}
