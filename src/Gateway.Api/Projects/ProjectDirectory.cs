using Gateway.Api.Cluster;
using Gateway.Api.Identity;
using Gateway.Api.Projects.Watching;
using Gateway.Core.Workloads;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Projects;

/// <summary>
/// Projects by name. The label alone decides: no namespace without it can be reached, whatever stands in the path. What
/// the watch has not told of is looked for in a list that the cluster gives once in two seconds at most, for all callers.
/// </summary>
internal sealed partial class ProjectDirectory(
    ClusterNamespaces namespaces,
    ProjectsWatch watch,
    IOptions<ProjectOptions> options,
    TimeProvider time,
    ILogger<ProjectDirectory> log)
{
    private static readonly TimeSpan ListedFor = TimeSpan.FromSeconds(2);

    private readonly RecentAnswers<string, ILookup<string, Project>> _listed = new(capacity: 2, time);

    /// <summary>The projects of that name: none, one, or several where operators made a mistake.</summary>
    public async Task<IReadOnlyList<Project>> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (!KubernetesNames.IsLabelValue(name))
            return [];
        var found = watch.Known?.Named(name) ?? [];
        if (found.Count == 0)
            found = [.. (await ListAsync(cancellationToken))[name]];
        if (found.Count > 1)
            LogAmbiguous(options.Value.Label, name, string.Join(", ", found.Select(one => one.Namespace)));
        return found;
    }

    /// <summary>Every project there is, by name.</summary>
    public async Task<IReadOnlyList<Project>> AllAsync(CancellationToken cancellationToken)
    {
        var found = watch.Known?.All ?? (await ListAsync(cancellationToken)).SelectMany(named => named);
        return [.. found.Where(project => project.Name.Length > 0)
            .OrderBy(project => project.Name, StringComparer.Ordinal).ThenBy(project => project.Namespace, StringComparer.Ordinal)];
    }

    private ValueTask<ILookup<string, Project>> ListAsync(CancellationToken cancellationToken) =>
        _listed.GetAsync(options.Value.Label, AskAsync, _ => ListedFor, cancellationToken);

    private async Task<ILookup<string, Project>> AskAsync()
    {
        var found = await namespaces.WithLabelAsync(options.Value.Label, CancellationToken.None);
        return found.ToLookup(one => one.Value, one => new Project(one.Value, one.Namespace));
    }

    [LoggerMessage(20, LogLevel.Error, "The label {Label}={Project} stands on more than one namespace: {Namespaces}. No route on this project works until it is taken off all but one")]
    private partial void LogAmbiguous(string label, string project, string namespaces);
}
