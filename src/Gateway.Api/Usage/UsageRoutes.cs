using Gateway.Api.Errors;
using Gateway.Api.Projects;
using Gateway.Core.Workloads;

namespace Gateway.Api.Usage;

/// <summary>The route of one project.</summary>
internal static class UsageRoutes
{
    /// <summary>Maps it.</summary>
    public static void MapUsage(this IEndpointRouteBuilder app)
    {
        var project = app.MapGroup($"/projects/{{{Project.RouteParameter}}}").WithTags("Projects")
            .RefuseUnknownQuery()
            .Refuses(ProblemTypes.MalformedRequest, ProblemTypes.Unauthenticated, ProblemTypes.ProjectNotFound, ProblemTypes.AmbiguousProject, ProblemTypes.TooManyRequests)
            .Refuses(ProblemTypes.ClusterError, ProblemTypes.ClusterUnavailable, ProblemTypes.AuthenticationUnavailable, ProblemTypes.ProjectNotSetUp, ProblemTypes.ClusterTimeout);

        project.MapGet("", UsageHandlers.GetProject)
            .WithSummary("Read one project, with its GPUs: requested, allocated, and the quota where it can be read")
            .Produces<ProjectAnswer>().Produces(StatusCodes.Status304NotModified);
    }
}
