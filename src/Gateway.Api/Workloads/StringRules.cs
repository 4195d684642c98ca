using System.Text.RegularExpressions;
using FluentValidation;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads;

/// <summary>Rules that many fields share. Null is left to `NotEmpty`.</summary>
internal static partial class StringRules
{
    public static IRuleBuilderOptions<T, string?> OneOf<T>(this IRuleBuilder<T, string?> rule, IReadOnlyList<string> values) =>
        rule.Must(text => string.IsNullOrEmpty(text) || values.Contains(text)).WithMessage($"must be {string.Join(" or ", values)}");

    public static IRuleBuilderOptions<T, string?> DnsLabel<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => string.IsNullOrEmpty(text) || KubernetesNames.IsLabel(text))
            .WithMessage("must consist of lower-case letters, digits and '-', begin with a letter, and end with a letter or digit");

    public static IRuleBuilderOptions<T, string?> ImageReference<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => string.IsNullOrEmpty(text) || (text.Length <= 512 && Reference().IsMatch(text)))
            .WithMessage("must be an image reference, such as registry.example.org/team/image:tag");

    // The grammar: https://github.com/distribution/reference. A registry may have a port, the name is lower case, then a tag, a digest or both.
    [GeneratedRegex(
        @"^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*(?::[0-9]+)?/|\[[a-fA-F0-9:]+\](?::[0-9]+)?/)?"
        + @"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*"
        + @"(?::\w[\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Reference();
}
