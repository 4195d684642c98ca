using System.Text.RegularExpressions;
using FluentValidation;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads;

/// <summary>Volumes that can be mounted beside each other.</summary>
internal sealed class VolumeRules : PartValidator<WorkloadSubmission>
{
    public VolumeRules()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(w => w.SharedMemory!.Size).PositiveAmount().When(w => w.SharedMemory is not null);
        RuleForEach(w => w.Volumes).NotNull().WithMessage("must not be null").SetValidator(new VolumeRequestValidator());
        RuleFor(w => w.Volumes).Must((w, _) => Paths(w).Distinct().Count() == Paths(w).Count())
            .WithMessage((w, _) => $"mounts {Paths(w).GroupBy(path => path).First(group => group.Count() > 1).Key} twice");
        RuleFor(w => w.Volumes).Must(volumes => Claims(volumes).Distinct().Count() == Claims(volumes).Count()).WithMessage("make or mount a new claim of one name twice");
    }

    private static IEnumerable<string> Paths(WorkloadSubmission w) =>
    [
        .. w.Volumes.Select(volume => volume?.MountPath?.TrimEnd('/')).OfType<string>(),
        .. w.SharedMemory is null ? [] : (string[])["/dev/shm"],
        .. w.CreateHomeDirectory == true ? (string[])["/home/workload"] : [],
    ];

    // A new claim by its name, beside every other claim that is named.
    private static IEnumerable<string> Claims(IReadOnlyList<VolumeRequest> volumes) =>
        volumes.Any(volume => volume?.NewClaim?.Name is not null)
            ? [.. volumes.Select(volume => volume?.NewClaim?.Name).OfType<string>(), .. volumes.Select(volume => volume?.Claim?.Name).OfType<string>().Distinct()]
            : [];
}

/// <summary>One volume from one source.</summary>
internal sealed partial class VolumeRequestValidator : PartValidator<VolumeRequest>
{
    private static readonly string[] Propagations = ["None", "HostToContainer"];

    public VolumeRequestValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(v => v.MountPath).NotEmpty().AbsolutePath().Must(path => path!.TrimEnd('/').Length > 0).WithMessage("must not be the root");
        RuleFor(v => v.SubPath).RelativePath();
        RuleFor(v => v.MountPropagation).OneOf(Propagations).Must(text => text is not "").WithMessage("must not be empty");
        RuleFor(v => v).Must(v => NameRules.ExactlyOne(v.Claim, v.NewClaim, v.HostPath, v.Nfs, v.EmptyDir, v.ConfigMap, v.Secret, v.Git))
            .WithMessage("must have exactly one of claim, newClaim, hostPath, nfs, emptyDir, configMap, secret and git");
        RuleFor(v => v.Claim!.Name).NotEmpty().ObjectName().When(v => v.Claim is not null);
        RuleFor(v => v.NewClaim!).SetValidator(new NewClaimVolumeValidator()).When(v => v.NewClaim is not null);
        RuleFor(v => v.HostPath!.Path).NotEmpty().AbsolutePath().When(v => v.HostPath is not null);
        RuleFor(v => v.Nfs!.Server).NotEmpty().Must(server => server!.Length <= 253 && Server().IsMatch(server)).WithMessage("must be a host name or an address").When(v => v.Nfs is not null);
        RuleFor(v => v.Nfs!.Path).NotEmpty().AbsolutePath().When(v => v.Nfs is not null);
        RuleFor(v => v.EmptyDir!.Medium).Must(medium => medium is null or "Memory").WithMessage("must be Memory, or left out").When(v => v.EmptyDir is not null);
        RuleFor(v => v.EmptyDir!.Size).PositiveAmount().When(v => v.EmptyDir is not null);
        RuleFor(v => v.ConfigMap!).SetValidator(new KeysVolumeValidator()).When(v => v.ConfigMap is not null);
        RuleFor(v => v.Secret!).SetValidator(new KeysVolumeValidator()).When(v => v.Secret is not null);
        RuleFor(v => v.Git!).SetValidator(new GitVolumeValidator()).When(v => v.Git is not null);
    }

    [GeneratedRegex(@"^[A-Za-z0-9.:\[\]-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Server();
}

/// <summary>A claim that the cluster can make.</summary>
internal sealed class NewClaimVolumeValidator : PartValidator<NewClaimVolume>
{
    private static readonly string[] Modes = ["ReadWriteOnce", "ReadWriteMany", "ReadOnlyMany", "ReadWriteOncePod"];

    public NewClaimVolumeValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(c => c.Name).ObjectName().Must(text => text is not "").WithMessage("must not be empty");
        RuleFor(c => c.Size).NotEmpty().PositiveAmount();
        RuleFor(c => c.StorageClass).ObjectName();
        RuleForEach(c => c.AccessModes).NotNull().WithMessage("must not be null").OneOf(Modes).Must(mode => mode is not "").WithMessage("must not be empty");
        RuleFor(c => c.AccessModes).Must(modes => modes.Distinct().Count() == modes.Count && (modes.Count == 1 || !modes.Contains("ReadWriteOncePod")))
            .WithMessage("must be different, and ReadWriteOncePod stands alone").When(c => c.AccessModes.Count > 0);
    }
}

/// <summary>Files from keys.</summary>
internal sealed partial class KeysVolumeValidator : PartValidator<KeysVolume>
{
    public KeysVolumeValidator()
    {
        RuleFor(k => k.Name).NotEmpty().ObjectName();
        RuleFor(k => k.Mode).Must(mode => mode is null || (mode.Length <= 5 && Mode().IsMatch(mode))).WithMessage("must be an octal mode, such as \"0644\"");
    }

    [GeneratedRegex(@"^0?[0-7]{3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Mode();
}

/// <summary>A repository that can be cloned without asking anybody.</summary>
internal sealed partial class GitVolumeValidator : PartValidator<GitVolume>
{
    public GitVolumeValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(g => g.Repository).NotEmpty().Must(text => text!.Length <= 1024 && Repository().IsMatch(text))
            .WithMessage("must be an https address of a repository, without a user or password in it");
        RuleFor(g => g.Revision).Must(text => text is null || (text.Length <= 253 && Revision().IsMatch(text))).WithMessage("must be a branch, tag or commit");
        RuleFor(g => g.Secret).ObjectName().Must(text => text is not "").WithMessage("must not be empty");
    }

    [GeneratedRegex(@"^https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~+-]+)*/[A-Za-z0-9_~+-][A-Za-z0-9._~+-]*/?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Repository();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9._/-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Revision();
}
