using System.Text.RegularExpressions;
using FluentValidation;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads;

/// <summary>Ports that can be listened on and reached.</summary>
internal sealed class NetworkRules : PartValidator<WorkloadSubmission>
{
    public NetworkRules()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleForEach(w => w.Ports).NotNull().WithMessage("must not be null").SetValidator(new PortRequestValidator());
        RuleFor(w => w.Ports).Must(ports => AreDifferent(ports.Select(port => (port?.Port, port?.Protocol ?? "TCP")))).WithMessage("have a port twice");
        RuleFor(w => w.Ports).Must(ports => AreDifferent(ports.Select(port => port?.Name ?? $"port-{port?.Port}"))).WithMessage("have a name twice; without one, it is port- and the number");
        RuleFor(w => w.Ports).Must(ports => AreDifferent(ports.Where(port => port?.NodePort is not null).Select(port => (port.NodePort, port.Protocol ?? "TCP")))).WithMessage("have a nodePort twice");
        RuleFor(w => w.Ports).Must(ports => ports.All(port => port?.NodePort is null)).WithMessage("have a nodePort, which takes expose NodePort").When(w => w.Expose != Exposure.NodePort);
        RuleFor(w => w.Expose).OneOf(Exposure.All).Must(text => text is not "").WithMessage("must not be empty");
        RuleFor(w => w.Expose).Must((w, _) => w.Ports.Count > 0).WithMessage("takes ports").When(w => w.Expose is not null);
        RuleFor(w => w.Ports).Must(ports => ports.All(port => port?.Protocol is null or "TCP")).WithMessage("must be TCP with expose Ingress").When(w => w.Expose == Exposure.Ingress);
    }

    private static bool AreDifferent<T>(IEnumerable<T> items)
    {
        var all = items.ToList();
        return all.Distinct().Count() == all.Count;
    }
}

/// <summary>A port with a name that services can have: https://www.rfc-editor.org/rfc/rfc6335#section-5.1</summary>
internal sealed partial class PortRequestValidator : PartValidator<PortRequest>
{
    private static readonly string[] Protocols = ["TCP", "UDP", "SCTP"];

    public PortRequestValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(p => p.Port).PortNumber();
        RuleFor(p => p.Name).Must(name => name is null || (Name().IsMatch(name) && name.Any(char.IsAsciiLetterLower)))
            .WithMessage("must be at most 15 lower-case letters, digits and single '-', at least one of them a letter, beginning and ending with a letter or digit");
        RuleFor(p => p.Protocol).OneOf(Protocols).Must(text => text is not "").WithMessage("must not be empty");
        RuleFor(p => p.NodePort).InclusiveBetween(30000, 32767).WithMessage("must be 30000 to 32767");
    }

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
