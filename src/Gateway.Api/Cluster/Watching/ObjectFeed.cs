using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Gateway.Api.Cluster.Connection;
using k8s;
using k8s.Models;

namespace Gateway.Api.Cluster.Watching;

/// <summary>
/// The objects of one kind, over the wire. The Kubernetes client's own watch waits for the first event before it
/// returns, hides the end that an error makes, and parses each line twice.
/// </summary>
/// <param name="cluster">The connection.</param>
/// <param name="namespaceName">The namespace, whose service account reads; null for the whole cluster, which the gateway reads as itself.</param>
/// <param name="resource">The group, version and plural, such as `apis/batch/v1/jobs`.</param>
/// <param name="time">The clock.</param>
/// <param name="label">The label that they carry; null for all.</param>
internal sealed class ObjectFeed<T>(ClusterConnection cluster, string? namespaceName, string resource, TimeProvider time, string? label = null)
    where T : IKubernetesObject<V1ObjectMeta>
{
    private const int PageSize = 500;

    // One page; the server gives up a list after 60 s.
    private static readonly TimeSpan ListTimeout = TimeSpan.FromSeconds(60);

    private readonly string _path = namespaceName is null ? resource : $"{resource[..resource.LastIndexOf('/')]}/namespaces/{namespaceName}/{resource[(resource.LastIndexOf('/') + 1)..]}";

    private readonly string _selector = label is null ? "" : $"&labelSelector={Uri.EscapeDataString(label)}";

    /// <summary>What is watched, as a log tells of it: `jobs in runai-team-a`.</summary>
    public string Name { get; } = $"{resource[(resource.LastIndexOf('/') + 1)..]}{(namespaceName is null ? "" : $" in {namespaceName}")}";

    /// <summary>All of them, and the version from which a watch goes on.</summary>
    public async Task<(IReadOnlyList<T> Items, string Version)> ListAsync(CancellationToken cancellationToken)
    {
        List<T> items = [];
        string? next = null;
        while (true)
        {
            var page = await PageAsync(next, cancellationToken);
            items.AddRange(page.Items);
            next = page.Metadata?.ContinueProperty;
            if (string.IsNullOrEmpty(next))
                return (items, page.Metadata?.ResourceVersion ?? "");
        }
    }

    /// <summary>What happens after that version, until the server ends it. A version that the server has forgotten ends it with 410.</summary>
    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync(string version, TimeSpan lifetime, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = $"watch=true&allowWatchBookmarks=true&resourceVersion={Uri.EscapeDataString(version)}&timeoutSeconds={(int)lifetime.TotalSeconds}{_selector}";
        await using var stream = await cluster.OpenAsync(namespaceName, $"{_path}?{query}", shared: true, again: false, cancellationToken);
        // Most watches are silent most of the time, and need no buffer then.
        var reader = PipeReader.Create(stream, new(useZeroByteReads: true));
        while (await NextAsync(reader, cancellationToken) is { } happened)
            yield return happened;
    }

    private async Task<KubernetesList<T>> PageAsync(string? next, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ListTimeout, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var after = next is null ? "" : $"&continue={Uri.EscapeDataString(next)}";
            await using var stream = await cluster.OpenAsync(namespaceName, $"{_path}?limit={PageSize}{_selector}{after}", shared: true, again: true, deadline.Token);
            using var document = await JsonDocument.ParseAsync(stream, cancellationToken: deadline.Token);
            return KubernetesJson.Deserialize<KubernetesList<T>>(document);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ClusterException("The cluster did not answer in time.") { TimedOut = true };
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            throw Cut();
        }
    }

    private static async Task<WatchEvent<T>?> NextAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(cancellationToken);
                if (read.Buffer.PositionOf((byte)'\n') is { } end)
                {
                    var happened = Read(read.Buffer.Slice(0, end));
                    reader.AdvanceTo(read.Buffer.GetPosition(1, end));
                    return happened;
                }
                if (read.IsCompleted)
                    return read.Buffer.IsEmpty ? null : throw Cut();
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            throw Cut();
        }
    }

    private static WatchEvent<T> Read(ReadOnlySequence<byte> line)
    {
        using var document = JsonDocument.Parse(line);
        var (type, about) = (document.RootElement.GetProperty("type").GetString()!, document.RootElement.GetProperty("object"));
        return type == WatchEvent<T>.Error ? throw Refused(KubernetesJson.Deserialize<V1Status>(about)) : new(type, KubernetesJson.Deserialize<T>(about));
    }

    private static ClusterException Refused(V1Status status) =>
        new(status.Message ?? "The cluster ended the watch.") { Status = (HttpStatusCode)(status.Code ?? 500), Reason = status.Reason ?? "" };

    private static ClusterException Cut() => new("The cluster's answer was cut.");
}
