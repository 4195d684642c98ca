using Gateway.Api.Cluster;
using Gateway.Core.Workloads;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Projects;

/// <summary>Projects by name. The label alone decides: no namespace without it can be reached, whatever stands in the path.</summary>
internal sealed partial class ProjectDirectory(ClusterNamespaces namespaces, IOptions<ProjectOptions> options, ILogger<ProjectDirectory> log)
{
    /// <summary>The projects of that name: none, one, or several where operators made a mistake.</summary>
    public async Task<IReadOnlyList<Project>> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (!KubernetesNames.IsLabelValue(name))
            return [];
        var found = await namespaces.WithLabelAsync(options.Value.Label, name, cancellationToken);
        if (found.Count > 1)
            LogAmbiguous(options.Value.Label, name, string.Join(", ", found.Select(one => one.Namespace)));
        return [.. found.Select(one => new Project(one.Value, one.Namespace))];
    }

    /// <summary>Every project there is, by name.</summary>
    public async Task<IReadOnlyList<Project>> AllAsync(CancellationToken cancellationToken)
    {
        var found = await namespaces.WithLabelAsync(options.Value.Label, value: null, cancellationToken);
        return [.. found.Where(one => one.Value.Length > 0).Select(one => new Project(one.Value, one.Namespace))
            .OrderBy(project => project.Name, StringComparer.Ordinal).ThenBy(project => project.Namespace, StringComparer.Ordinal)];
    }

    [LoggerMessage(20, LogLevel.Error, "The label {Label}={Project} stands on more than one namespace: {Namespaces}. No route on this project works until it is taken off all but one")]
    private partial void LogAmbiguous(string label, string project, string namespaces);
}
