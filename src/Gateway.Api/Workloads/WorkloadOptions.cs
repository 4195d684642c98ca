using Gateway.Core.Manifests;
using Gateway.Core.Manifests.Companions;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Workloads;

/// <summary>How exposed ports are reached by Ingress.</summary>
internal sealed class IngressOptions
{
    public const string Section = "Ingress";

    /// <summary>The class of the Ingresses; the cluster's default when left out.</summary>
    public string? ClassName { get; set; }

    /// <summary>The host of an exposed port, such as `{name}-{hash}.apps.example.org`: with `{name}`, `{hash}` (of namespace and name) or `{project}` or both, and `{port}` where workloads are to expose several. A template that would give two workloads one host stops the start. Without it nothing is exposed by Ingress.</summary>
    public string? HostTemplate { get; set; }
}

/// <summary>What the settings of Ingresses must be.</summary>
internal sealed class IngressRules : IValidateOptions<IngressOptions>
{
    public ValidateOptionsResult Validate(string? name, IngressOptions options) =>
        options.HostTemplate is { } template && HostTemplate.WrongWith(template) is { } wrong ? ValidateOptionsResult.Fail($"Ingress:HostTemplate {wrong}.") : ValidateOptionsResult.Success;
}

/// <summary>Images that the gateway itself brings into workloads.</summary>
internal sealed class ImageOptions
{
    public const string Section = "Images";

    /// <summary>The image that clones Git repositories: git-sync, of a user other than 0.</summary>
    public string Git { get; set; } = WorkloadDefaults.Standard.GitImage;
}

/// <summary>How retries are recognised.</summary>
internal sealed class IdempotencyOptions
{
    public const string Section = "Idempotency";

    /// <summary>How long a workload that was submitted with a key is kept at least after its end, so that a late retry finds it.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromHours(1);
}
