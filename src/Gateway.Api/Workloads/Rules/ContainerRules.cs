using FluentValidation;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads;

/// <summary>What runs in the container, and as whom.</summary>
internal sealed class ContainerRules : PartValidator<WorkloadSubmission>
{
    private static readonly string[] PullPolicies = ["Always", "IfNotPresent", "Never"];

    public ContainerRules()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(w => w.Image).NotEmpty().ImageReference();
        RuleFor(w => w.ImagePullPolicy).OneOf(PullPolicies).Must(text => text is not "").WithMessage("must not be empty");
        RuleForEach(w => w.ImagePullSecrets).NotNull().WithMessage("must not be null").ObjectName().Must(name => name is not "").WithMessage("must not be empty");
        RuleForEach(w => w.Command).NotNull().WithMessage("must not be null").ProcessText();
        RuleForEach(w => w.Args).NotNull().WithMessage("must not be null").ProcessText();
        RuleFor(w => w.WorkingDir).AbsolutePath().Must(text => text is not "").WithMessage("must not be empty");
        RuleFor(w => w.Tty).Must((w, _) => w.Stdin == true).WithMessage("takes stdin").When(w => w.Tty == true);
        RuleFor(w => w.ReadinessProbe!).SetValidator(new ReadinessProbeValidator()).When(w => w.ReadinessProbe is not null);
        RuleFor(w => w.Security!).SetValidator(new SecurityRequestValidator()).When(w => w.Security is not null);
    }
}

/// <summary>A probe that can succeed.</summary>
internal sealed class ReadinessProbeValidator : PartValidator<ReadinessProbe>
{
    private static readonly string[] Schemes = ["HTTP", "HTTPS"];

    public ReadinessProbeValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(p => p).Must(p => NameRules.ExactlyOne(p.HttpGet, p.TcpSocket, p.Exec)).WithMessage("must have exactly one of httpGet, tcpSocket and exec");
        RuleFor(p => p.HttpGet!.Port).PortNumber().When(p => p.HttpGet is not null);
        RuleFor(p => p.HttpGet!.Path).Must(path => path is null or ['/', ..]).WithMessage("must begin with a slash").When(p => p.HttpGet is not null);
        RuleFor(p => p.HttpGet!.Scheme).OneOf(Schemes).Must(text => text is not "").WithMessage("must not be empty").When(p => p.HttpGet is not null);
        RuleFor(p => p.TcpSocket!.Port).PortNumber().When(p => p.TcpSocket is not null);
        RuleFor(p => p.Exec!.Command).Must(command => command.Count > 0).WithMessage("must have one or more words").When(p => p.Exec is not null);
        RuleForEach(p => p.Exec!.Command).NotNull().WithMessage("must not be null").ProcessText().When(p => p.Exec is not null);
        RuleFor(p => p.InitialDelaySeconds).GreaterThanOrEqualTo(0).WithMessage("must be 0 or more");
        RuleFor(p => p.PeriodSeconds).GreaterThanOrEqualTo(1).WithMessage("must be 1 or more");
        RuleFor(p => p.TimeoutSeconds).GreaterThanOrEqualTo(1).WithMessage("must be 1 or more");
        RuleFor(p => p.SuccessThreshold).GreaterThanOrEqualTo(1).WithMessage("must be 1 or more");
        RuleFor(p => p.FailureThreshold).GreaterThanOrEqualTo(1).WithMessage("must be 1 or more");
    }
}

/// <summary>Ids that there can be, and wishes that do not contradict each other.</summary>
internal sealed class SecurityRequestValidator : PartValidator<SecurityRequest>
{
    private const long LargestId = int.MaxValue;
    private static readonly string[] Profiles = ["RuntimeDefault", "Unconfined"];

    public SecurityRequestValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(s => s.RunAsUser).InclusiveBetween(0, LargestId).WithMessage($"must be 0 to {LargestId}");
        RuleFor(s => s.RunAsUser).Must((s, id) => s.RunAsNonRoot != true || id != 0).WithMessage("must not be 0 with runAsNonRoot");
        RuleFor(s => s.RunAsGroup).InclusiveBetween(0, LargestId).WithMessage($"must be 0 to {LargestId}");
        RuleFor(s => s.FsGroup).InclusiveBetween(0, LargestId).WithMessage($"must be 0 to {LargestId}");
        RuleForEach(s => s.SupplementalGroups).InclusiveBetween(0, LargestId).WithMessage($"must be 0 to {LargestId}");
        RuleFor(s => s.SeccompProfile).OneOf(Profiles).Must(text => text is not "").WithMessage("must not be empty");
        RuleForEach(s => s.Capabilities!.Add).Capability().When(s => s.Capabilities is not null);
        RuleForEach(s => s.Capabilities!.Drop).Capability().When(s => s.Capabilities is not null);
        RuleFor(s => s.AllowPrivilegeEscalation).Must((s, allowed) => allowed != false || s.Capabilities?.Add.Any(name => name is "SYS_ADMIN" or "ALL") is not true)
            .WithMessage("must not be false where SYS_ADMIN is added");
    }
}

/// <summary>Names of capabilities: https://man7.org/linux/man-pages/man7/capabilities.7.html</summary>
internal static class CapabilityRules
{
    public static IRuleBuilderOptions<T, string?> Capability<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(name => name is { Length: > 0 } && name.All(c => char.IsAsciiLetterUpper(c) || c == '_') && !name.StartsWith("CAP_", StringComparison.Ordinal))
            .WithMessage("must be the name of a capability without CAP_, such as SYS_PTRACE");
}
