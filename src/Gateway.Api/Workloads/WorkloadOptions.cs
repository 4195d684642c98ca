using Gateway.Core.Manifests;

namespace Gateway.Api.Workloads;

/// <summary>How exposed ports are reached by Ingress.</summary>
internal sealed class IngressOptions
{
    public const string Section = "Ingress";

    /// <summary>The class of the Ingresses; the cluster's default when left out.</summary>
    public string? ClassName { get; set; }

    /// <summary>The host of an exposed port, with `{project}`, `{name}` and `{port}`, such as `{name}-{project}.apps.example.org`. Without it nothing is exposed by Ingress.</summary>
    public string? HostTemplate { get; set; }
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
