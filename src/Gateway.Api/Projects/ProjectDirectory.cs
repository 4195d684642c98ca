using Gateway.Api.Cluster;
using Gateway.Api.Errors;
using Gateway.Core.Workloads;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Projects;

/// <summary>Projects by name. The label alone decides: no namespace without it can be reached, whatever stands in the path.</summary>
internal sealed partial class ProjectDirectory(ClusterNamespaces namespaces, IOptions<ProjectOptions> options, ILogger<ProjectDirectory> log)
{
    /// <summary>The project of that name; null when there is none.</summary>
    public async Task<Project?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (!KubernetesNames.IsLabelValue(name))
            return null;
        var found = await namespaces.WithLabelAsync(options.Value.Label, name, cancellationToken);
        return found.Count switch
        {
            0 => null,
            1 => new(name, found[0]),
            _ => throw Ambiguous(name, found),
        };
    }

    private ProblemException Ambiguous(string name, IReadOnlyList<string> namespaces)
    {
        LogAmbiguous(options.Value.Label, name, string.Join(", ", namespaces));
        return new(ProblemTypes.AmbiguousProject.With($"More than one namespace has the label {options.Value.Label}={name}. The gateway's log names them for the operator."));
    }

    [LoggerMessage(20, LogLevel.Error, "The label {Label}={Project} stands on more than one namespace: {Namespaces}. No route on this project works until it is taken off all but one")]
    private partial void LogAmbiguous(string label, string project, string namespaces);
}
