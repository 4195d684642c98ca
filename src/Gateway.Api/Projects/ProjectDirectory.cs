using Gateway.Api.Cluster;
using Gateway.Api.Projects.Watching;
using Gateway.Core.Workloads;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Projects;

/// <summary>
/// Projects by name. The label alone decides: no namespace without it can be reached, whatever stands in the path. What is watched
/// is answered from memory, but never that there is no project.
/// </summary>
internal sealed partial class ProjectDirectory(ClusterNamespaces namespaces, ProjectsWatch watch, IOptions<ProjectOptions> options, ILogger<ProjectDirectory> log)
{
    /// <summary>The projects of that name: none, one, or several where operators made a mistake.</summary>
    public async Task<IReadOnlyList<Project>> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (!KubernetesNames.IsLabelValue(name))
            return [];
        var found = watch.Known?.Named(name) is { Count: > 0 } known ? known : await AskAsync(name, cancellationToken);
        if (found.Count > 1)
            LogAmbiguous(options.Value.Label, name, string.Join(", ", found.Select(one => one.Namespace)));
        return found;
    }

    /// <summary>Every project there is, by name.</summary>
    public async Task<IReadOnlyList<Project>> AllAsync(CancellationToken cancellationToken)
    {
        var found = watch.Known?.All ?? await AskAsync(name: null, cancellationToken);
        return [.. found.Where(project => project.Name.Length > 0)
            .OrderBy(project => project.Name, StringComparer.Ordinal).ThenBy(project => project.Namespace, StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<Project>> AskAsync(string? name, CancellationToken cancellationToken) =>
        [.. (await namespaces.WithLabelAsync(options.Value.Label, name, cancellationToken)).Select(one => new Project(one.Value, one.Namespace))];

    [LoggerMessage(20, LogLevel.Error, "The label {Label}={Project} stands on more than one namespace: {Namespaces}. No route on this project works until it is taken off all but one")]
    private partial void LogAmbiguous(string label, string project, string namespaces);
}
