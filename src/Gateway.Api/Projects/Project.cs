using Gateway.Api.Errors;

namespace Gateway.Api.Projects;

/// <summary>A project, and the namespace that it is.</summary>
internal sealed record Project(string Name, string Namespace)
{
    /// <summary>The route parameter that names the project.</summary>
    public const string RouteParameter = "project";

    /// <summary>Binds a handler's parameter to the project that the path names; ends the request with 404 where there is none.</summary>
    public static async ValueTask<Project?> BindAsync(HttpContext context)
    {
        var name = $"{context.GetRouteValue(RouteParameter)}";
        var directory = context.RequestServices.GetRequiredService<ProjectDirectory>();
        return await directory.FindAsync(name, context.RequestAborted)
            ?? throw new ProblemException(ProblemTypes.ProjectNotFound.With("There is no project of that name."));
    }
}
