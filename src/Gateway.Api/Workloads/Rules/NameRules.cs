using System.Text.RegularExpressions;
using FluentValidation;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads;

/// <summary>Rules of names and paths that many fields share. Null is left to `NotEmpty`.</summary>
internal static partial class NameRules
{
    public static IRuleBuilderOptions<T, string?> ObjectName<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => string.IsNullOrEmpty(text) || KubernetesNames.IsObjectName(text))
            .WithMessage("must be the name of an object: at most 253 lower-case letters, digits, '-' and '.', beginning and ending with a letter or digit");

    // https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-object
    public static IRuleBuilderOptions<T, string?> DataKey<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => string.IsNullOrEmpty(text) || (text.Length <= 253 && text is not "." && !text.StartsWith("..", StringComparison.Ordinal) && KeyForm().IsMatch(text)))
            .WithMessage("must be a key: at most 253 letters, digits, '-', '_' and '.'");

    public static IRuleBuilderOptions<T, string?> AbsolutePath<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => string.IsNullOrEmpty(text) || (text[0] == '/' && IsPath(text)))
            .WithMessage("must be an absolute path without '..', ':' and control characters, of at most 1024 characters");

    public static IRuleBuilderOptions<T, string?> RelativePath<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => string.IsNullOrEmpty(text) || (text[0] != '/' && IsPath(text)))
            .WithMessage("must be a relative path without '..', ':' and control characters, of at most 1024 characters");

    /// <summary>Text that can be handed to a process: a NUL would end it.</summary>
    public static IRuleBuilderOptions<T, string?> ProcessText<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || !text.Contains('\0', StringComparison.Ordinal)).WithMessage("must have no NUL");

    public static IRuleBuilderOptions<T, string?> Amount<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || Quantity.Parse(text) is { } amount && amount < long.MaxValue)
            .WithMessage("must be a quantity, such as 500m or 16Gi: at most 12 digits and 3 decimals, and a suffix up to P or Pi");

    public static IRuleBuilderOptions<T, string?> PositiveAmount<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Amount().Must(text => text is null || Quantity.IsPositive(text)).WithMessage("must be more than 0");

    public static IRuleBuilderOptions<T, int?> PortNumber<T>(this IRuleBuilder<T, int?> rule) =>
        rule.NotNull().WithMessage("is required").InclusiveBetween(1, 65535).WithMessage("must be 1 to 65535");

    /// <summary>Whether exactly one of the values is there.</summary>
    public static bool ExactlyOne(params ReadOnlySpan<object?> values)
    {
        var count = 0;
        foreach (var value in values)
            count += value is null ? 0 : 1;
        return count == 1;
    }

    private static bool IsPath(string text) => text.Length <= 1024 && !text.Contains(':', StringComparison.Ordinal) && !text.Any(char.IsControl) && !text.Split('/').Contains("..");

    [GeneratedRegex(@"^[-._a-zA-Z0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex KeyForm();
}
