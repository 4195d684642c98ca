namespace Gateway.Api.Projects;

/// <summary>What makes a namespace a project.</summary>
internal sealed class ProjectOptions
{
    public const string Section = "Projects";

    /// <summary>The namespace label whose value is the project's name. The scheduler's when left out.</summary>
    public string Label { get; set; } = "";

    /// <summary>The service account in each project's namespace as which the gateway acts there.</summary>
    public string ServiceAccount { get; set; } = "workload-gateway";

    /// <summary>The ClusterRole that a project's account is bound to: named where an operator is told what is missing.</summary>
    public string ClusterRole { get; set; } = "workload-gateway-project";

    /// <summary>The life of the tokens that the gateway asks for: 10 minutes to 24 hours. The cluster may grant less.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);
}
