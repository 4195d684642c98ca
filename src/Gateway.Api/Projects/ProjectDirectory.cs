using Gateway.Api.Cluster;
using Gateway.Api.Errors;
using Gateway.Core.Workloads;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Projects;

/// <summary>Projects by name. The label alone decides: no namespace without it can be reached, whatever stands in the path.</summary>
internal sealed class ProjectDirectory(ClusterNamespaces namespaces, IOptions<ProjectOptions> options)
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
            _ => throw new ProblemException(ProblemTypes.AmbiguousProject.With(
                $"The namespaces {string.Join(" and ", found)} both have the label {options.Value.Label}={name}. The operator has to take it off one of them.")),
        };
    }
}
