using System.Text.RegularExpressions;
using FluentValidation;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads;

/// <summary>Environment variables that every Kubernetes takes, and none that would take GPUs past the scheduler.</summary>
internal sealed class EnvironmentRules : PartValidator<WorkloadSubmission>
{
    public EnvironmentRules()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleForEach(w => w.Env).NotNull().WithMessage("must not be null").SetValidator(new EnvironmentVariableValidator());
        RuleFor(w => w.Env).Must(env => env.DistinctBy(e => e?.Name).Count() == env.Count).WithMessage((_, env) => $"has {Repeated(env)} twice");
        RuleFor(w => w.Env).Must(env => env.All(e => e?.Name != "HOME")).WithMessage("must not have HOME, which createHomeDirectory sets").When(w => w.CreateHomeDirectory == true);
        RuleForEach(w => w.EnvFrom).NotNull().WithMessage("must not be null").SetValidator(new EnvironmentSourceValidator());
    }

    private static string Repeated(IReadOnlyList<EnvironmentVariable> env) => env.GroupBy(e => e?.Name).First(group => group.Count() > 1).Key ?? "the same name";
}

/// <summary>One variable from one source.</summary>
internal sealed partial class EnvironmentVariableValidator : PartValidator<EnvironmentVariable>
{
    private static readonly string[] Reserved = ["RUNAI_NUM_OF_GPUS", "GPU_PORTION"];
    private const string Devices = "NVIDIA_VISIBLE_DEVICES";

    // https://kubernetes.io/docs/concepts/workloads/pods/downward-api/#available-fields
    private static readonly string[] Fields =
        ["metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"];

    public EnvironmentVariableValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(e => e.Name).NotEmpty()
            .Must(name => Name().IsMatch(name!) && name is not "." && !name!.StartsWith("..", StringComparison.Ordinal))
            .WithMessage("must consist of letters, digits, '-', '_' and '.', and not begin with a digit")
            .Must(name => !Reserved.Contains(name)).WithMessage("is the scheduler's own: it would take GPUs past it");
        RuleFor(e => e.Name).Must((e, _) => e.Value is "void" or "none").WithMessage("is the scheduler's own, except with the value void or none: it would take GPUs past it").When(e => e.Name == Devices);
        RuleFor(e => e).Must(e => NameRules.ExactlyOne(e.Value, e.Secret, e.ConfigMap, e.Field)).WithMessage("must have exactly one of value, secret, configMap and field");
        RuleFor(e => e.Value).ProcessText();
        RuleFor(e => e.Secret!).SetValidator(new KeyReferenceValidator()).When(e => e.Secret is not null);
        RuleFor(e => e.ConfigMap!).SetValidator(new KeyReferenceValidator()).When(e => e.ConfigMap is not null);
        RuleFor(e => e.Field).Must(field => field is null || Fields.Contains(field) || IsEntry(field))
            .WithMessage($"must be {string.Join(", ", Fields)}, metadata.labels['key'] or metadata.annotations['key']");
    }

    private static bool IsEntry(string field) => Entry().Match(field) is { Success: true } match && KubernetesNames.IsLabelKey(match.Groups["key"].Value);

    [GeneratedRegex(@"^[-._a-zA-Z][-._a-zA-Z0-9]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"^metadata\.(labels|annotations)\['(?<key>[^']{1,317})'\]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Entry();
}

/// <summary>A key that can be there.</summary>
internal sealed class KeyReferenceValidator : PartValidator<KeyReference>
{
    public KeyReferenceValidator()
    {
        RuleFor(r => r.Name).NotEmpty().ObjectName();
        RuleFor(r => r.Key).NotEmpty().DataKey();
    }
}

/// <summary>One source of many variables.</summary>
internal sealed partial class EnvironmentSourceValidator : PartValidator<EnvironmentSource>
{
    public EnvironmentSourceValidator()
    {
        RuleFor(s => s).Must(s => NameRules.ExactlyOne(s.Secret, s.ConfigMap)).WithMessage("must have exactly one of secret and configMap");
        RuleFor(s => s.Secret).ObjectName().Must(name => name is not "").WithMessage("must not be empty");
        RuleFor(s => s.ConfigMap).ObjectName().Must(name => name is not "").WithMessage("must not be empty");
        RuleFor(s => s.Prefix).Must(prefix => string.IsNullOrEmpty(prefix) || Prefix().IsMatch(prefix))
            .WithMessage("must consist of letters, digits and '_', and not begin with a digit");
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();
}
