using System.Globalization;
using System.Net;
using Gateway.Api.Cluster.Connection;
using Gateway.Api.Projects;
using Gateway.Core.Logs;

namespace Gateway.Api.Cluster;

/// <summary>The logs of containers, as their nodes keep them: every line with its time before it.</summary>
internal sealed class ClusterLogs(ClusterConnection cluster)
{
    /// <summary>
    /// The log of a run of a container; null when its node has none, since the container has not started or the log is gone.
    /// The Kubernetes client itself cannot say since when: https://github.com/kubernetes-client/csharp/issues/829
    /// </summary>
    public async Task<Stream?> OpenAsync(Project project, LogSource source, LogExtent extent, CancellationToken cancellationToken)
    {
        try
        {
            return await cluster.OpenAsync(project.Namespace, $"api/v1/namespaces/{project.Namespace}/pods/{source.Pod}/log?{Query(source, extent)}", shared: false, again: false, cancellationToken);
        }
        // "container "main" in pod "a" is waiting to start: ContainerCreating", "previous terminated container "main" in pod "a" not found".
        catch (ClusterException e) when (e is { Status: HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.NoContent, SetUp: null })
        {
            return null;
        }
    }

    private static string Query(LogSource source, LogExtent extent) => string.Join(
        '&',
        new (string Name, string? Value)[]
        {
            ("container", source.Container),
            ("timestamps", "true"),
            ("previous", source.Previous ? "true" : null),
            ("follow", extent.Follow ? "true" : null),
            ("sinceTime", extent.Since),
            ("tailLines", extent.Tail?.ToString(CultureInfo.InvariantCulture)),
        }.Where(option => option.Value is not null).Select(option => $"{option.Name}={Uri.EscapeDataString(option.Value!)}"));
}

/// <summary>How much of a log.</summary>
internal sealed record LogExtent(bool Follow, string? Since, int? Tail);
