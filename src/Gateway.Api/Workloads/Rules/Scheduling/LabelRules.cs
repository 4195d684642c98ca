using FluentValidation;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads;

/// <summary>Rules of labels: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/. Null is left to `NotEmpty`.</summary>
internal static class LabelRules
{
    public static IRuleBuilderOptions<T, string?> LabelKey<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || KubernetesNames.IsLabelKey(text)).WithMessage("must be a label key, such as topology.kubernetes.io/zone");

    public static IRuleBuilderOptions<T, string?> LabelValue<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || KubernetesNames.IsLabelValue(text))
            .WithMessage("must be a label value: at most 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit");

    public static IRuleBuilderOptions<T, string?> LabelValueOrEmpty<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => string.IsNullOrEmpty(text) || KubernetesNames.IsLabelValue(text))
            .WithMessage("must be empty or a label value: at most 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit");

    public static IRuleBuilderOptions<T, IReadOnlyDictionary<string, string>> Labels<T>(this IRuleBuilder<T, IReadOnlyDictionary<string, string>> rule) =>
        rule.Must(labels => labels.Keys.All(KubernetesNames.IsLabelKey))
            .WithMessage((_, labels) => $"must have label keys: {labels.Keys.First(key => !KubernetesNames.IsLabelKey(key))} is none")
            .Must(labels => labels.Values.All(IsValue))
            .WithMessage((_, labels) => $"must have label values: that of {labels.First(label => !IsValue(label.Value)).Key} is none");

    private static bool IsValue(string? text) => text is "" || (text is not null && KubernetesNames.IsLabelValue(text));
}
