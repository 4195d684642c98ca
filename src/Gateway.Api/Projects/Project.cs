namespace Gateway.Api.Projects;

/// <summary>A project, and the namespace that it is.</summary>
internal sealed record Project(string Name, string Namespace)
{
    /// <summary>The route parameter that names the project.</summary>
    public const string RouteParameter = "project";
}
