using Gateway.Api.Errors;
using Gateway.Core.Workloads;

namespace Gateway.Api.Projects;

/// <summary>The routes of projects, and of the caller who reaches them.</summary>
internal static class ProjectRoutes
{
    /// <summary>Maps them.</summary>
    public static void MapProjects(this IEndpointRouteBuilder app)
    {
        var projects = app.MapGroup("").WithTags("Projects")
            .RefuseUnknownQuery()
            .Refuses(ProblemTypes.MalformedRequest, ProblemTypes.Unauthenticated, ProblemTypes.TooManyRequests)
            .Refuses(ProblemTypes.ClusterError, ProblemTypes.ClusterUnavailable, ProblemTypes.AuthenticationUnavailable, ProblemTypes.ClusterTimeout);

        projects.MapGet("/projects", ProjectHandlers.ListProjects)
            .WithSummary("List the projects that the caller may read").Produces<ProjectPage>();

        projects.MapGet("/me", ProjectHandlers.GetCaller)
            .WithSummary("Read whom the gateway takes the caller for, and what that may do").Produces<CallerAnswer>();
    }
}
