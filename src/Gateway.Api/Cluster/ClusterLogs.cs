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
    public async Task<LogConnection?> OpenAsync(Project project, LogSource source, LogExtent extent, CancellationToken cancellationToken)
    {
        var client = cluster.StreamsOf(project.Namespace);
        var path = $"/api/v1/namespaces/{project.Namespace}/pods/{source.Pod}/log?{Query(source, extent)}";
        using var request = new HttpRequestMessage(HttpMethod.Get, client.BaseUri.AbsoluteUri.TrimEnd('/') + path) { Version = HttpVersion.Version20 };
        try
        {
            var response = await client.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode != HttpStatusCode.NoContent)
                return new(response, await response.Content.ReadAsStreamAsync(cancellationToken));
            response.Dispose();
            return null;
        }
        // "container "main" in pod "a" is waiting to start: ContainerCreating", "previous terminated container "main" in pod "a" not found".
        catch (ClusterException e) when (e is { Status: HttpStatusCode.BadRequest or HttpStatusCode.NotFound, SetUp: null })
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

/// <summary>A log that is being read.</summary>
internal sealed class LogConnection(HttpResponseMessage response, Stream body) : IDisposable
{
    /// <summary>The lines, as the node writes them.</summary>
    public Stream Body { get; } = body;

    public void Dispose()
    {
        Body.Dispose();
        response.Dispose();
    }
}
