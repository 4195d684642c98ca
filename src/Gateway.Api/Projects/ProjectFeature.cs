using Gateway.Core.Workloads;

namespace Gateway.Api.Projects;

/// <summary>Projects: namespaces that carry a label.</summary>
internal static class ProjectFeature
{
    /// <summary>Registers what finds projects.</summary>
    public static IServiceCollection AddProjects(this IServiceCollection services)
    {
        services.AddOptions<ProjectOptions>().BindConfiguration(ProjectOptions.Section)
            .Validate(options => KubernetesNames.IsLabelKey(options.Label), "Projects:Label must be a label key, such as runai/queue.")
            .ValidateOnStart();
        return services.AddSingleton<ProjectDirectory>();
    }
}
