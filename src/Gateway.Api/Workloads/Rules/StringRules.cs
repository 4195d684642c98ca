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
        rule.Must(text => string.IsNullOrEmpty(text) || IsReference(text))
            .WithMessage("must be an image reference, such as registry.example.org/team/image:tag");

    // A name of 64 hex digits would be taken for an image's id.
    private static bool IsReference(string text) =>
        text.Length <= 512 && Reference().Match(text) is { Success: true } match && match.Groups["name"].Length <= 255 && !Id().IsMatch(text);

    [GeneratedRegex(@"^[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    // The grammar: https://github.com/distribution/reference. A registry may have a port, the name is lower case, then a tag, a digest or
    // both. What follows a registry or a name cannot be part of it, so neither is ever tried again shorter (?>): hostile text takes no longer.
    [GeneratedRegex(
        @"^(?<name>(?:(?>[a-zA-Z0-9]+(?:-+[a-zA-Z0-9]+)*(?:\.[a-zA-Z0-9]+(?:-+[a-zA-Z0-9]+)*)*(?::[0-9]+)?)/|\[[a-fA-F0-9:]+\](?::[0-9]+)?/)?"
        + @"(?>[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*))"
        + @"(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@(?:sha256:[0-9a-f]{64}|(?:sha384|sha512):[0-9a-f]{96,128}))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();
}
