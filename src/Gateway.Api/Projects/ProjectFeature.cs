using Gateway.Api.Access;
using Gateway.Api.Projects.Watching;
using Gateway.Core.Scheduling;
using Gateway.Core.Workloads;

namespace Gateway.Api.Projects;

/// <summary>Projects: namespaces that carry a label.</summary>
internal static class ProjectFeature
{
    /// <summary>Registers what finds projects.</summary>
    public static IServiceCollection AddProjects(this IServiceCollection services)
    {
        services.AddOptions<ProjectOptions>()
            .Configure<SchedulerDialect>((options, dialect) => options.Label = dialect.ProjectLabel)
            .BindConfiguration(ProjectOptions.Section)
            .Validate(options => KubernetesNames.IsLabelKey(options.Label), "Projects:Label must be a label key, such as runai/queue.")
            .Validate(options => KubernetesNames.IsObjectName(options.ServiceAccount), "Projects:ServiceAccount must be the name of a service account, such as workload-gateway.")
            .Validate(options => options.TokenLifetime >= TimeSpan.FromMinutes(10) && options.TokenLifetime <= TimeSpan.FromDays(1), "Projects:TokenLifetime must be 00:10:00 to 1.00:00:00.")
            .ValidateOnStart();
        return services.AddSingleton<ProjectsWatch>().AddSingleton<ProjectDirectory>().AddSingleton<ProjectRate>().AddSingleton<ProjectShares>();
    }

    /// <summary>Lets nobody come to a project's routes who may not read it, or may not do what the route does: all of that before a body is read.</summary>
    public static void UseProjects(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.Request.RouteValues.ContainsKey(Project.RouteParameter))
        {
            var access = await ProjectAccess.FindAsync(context);
            if (context.GetEndpoint()?.Metadata.GetMetadata<RequiredVerb>() is { } required)
                await access.RequireTypesAsync(required.Verb, type: null, context.RequestAborted);
            context.Features.Set(access);
        }
        await next(context);
    });
}
