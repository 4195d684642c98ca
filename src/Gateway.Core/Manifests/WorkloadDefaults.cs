namespace Gateway.Core.Manifests;

/// <summary>What holds where a submission asks for nothing.</summary>
public sealed record WorkloadDefaults
{
    /// <summary>What the gateway does unless its operator says otherwise.</summary>
    public static WorkloadDefaults Standard { get; } = new();

    /// <summary>The command of a build that has neither command nor args.</summary>
    public IReadOnlyList<string> BuildCommand { get; init; } = ["sleep"];

    /// <summary>The arguments of a build that has neither command nor args.</summary>
    public IReadOnlyList<string> BuildArgs { get; init; } = ["infinity"];

    /// <summary>The image that clones Git repositories.</summary>
    public string GitImage { get; init; } = "registry.k8s.io/git-sync/git-sync:v4.4.2";

    /// <summary>The class of Ingresses; the cluster's default when left out.</summary>
    public string? IngressClass { get; init; }

    /// <summary>The host of an exposed port, with `{project}`, `{name}` and `{port}`; null where nothing can be exposed by Ingress.</summary>
    public string? IngressHost { get; init; }
}
