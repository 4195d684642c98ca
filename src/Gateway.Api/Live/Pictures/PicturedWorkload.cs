using Gateway.Core.Listing;
using Gateway.Core.Manifests;
using Gateway.Core.Scheduling;
using Gateway.Core.Status;
using Gateway.Core.Usage;
using k8s;
using k8s.Models;

namespace Gateway.Api.Live.Pictures;

/// <summary>A workload in a picture: what lists ask for at hand, the rest to be read when it is shown.</summary>
internal sealed class PicturedWorkload : IListed
{
    private readonly Part[] _parts;
    private readonly Part[] _past;
    private readonly SchedulerDialect _dialect;
    private WeakReference<Written>? _written;

    internal PicturedWorkload(Part[] parts, Part[] past, SchedulerDialect dialect, SharedLabels shared, long version)
    {
        (_parts, _past, _dialect, Version) = (parts, past, dialect, version);
        var observed = Observe();
        var metadata = observed.Owner.Metadata;
        (Name, Type, CreatedAt) = (parts[0].Name!, observed.Owner.Type(), metadata.CreationTimestamp);
        (Phase, User, KeyHash) = (observed.Phase(), observed.Owner.User() is { } user ? string.Intern(user) : null, observed.Owner.KeyHash());
        (Labels, Gpus) = (shared.Of(metadata.Labels), GpuUsage.Of(observed));
    }

    /// <summary>The uid of its object.</summary>
    public string Uid => _parts[0].Uid;

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Type { get; }

    /// <inheritdoc/>
    public string Phase { get; }

    /// <inheritdoc/>
    public string? User { get; }

    /// <inheritdoc/>
    public DateTime? CreatedAt { get; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Labels { get; }

    /// <summary>The GPUs that it asks for, and holds.</summary>
    public GpuUsage Gpus { get; }

    /// <summary>The hash of the idempotency key that it was submitted with.</summary>
    public string? KeyHash { get; }

    /// <summary>The picture's version at its last change.</summary>
    public long Version { get; }

    /// <summary>All that its status is read from.</summary>
    public ObservedWorkload Observe() => Observe(_parts[0].ReadOwner());

    /// <summary>The same with its object as it was read elsewhere.</summary>
    public ObservedWorkload Observe(IKubernetesObject<V1ObjectMeta> owner) => WithPast(new()
    {
        Owner = owner,
        Dialect = _dialect,
        Pods = Read<ObservedPod>(_parts),
        Events = Read<ObservedEvent>(_parts),
        PodGroups = Read<PodGroup>(_parts),
    });

    /// <summary>The workload as it was read elsewhere, with what the cluster has forgotten of it.</summary>
    public ObservedWorkload WithPast(ObservedWorkload observed) => _past.Length == 0 ? observed : observed with
    {
        LastGone = Read<ObservedPod>(_past).FirstOrDefault(),
        Events = [.. observed.Events, .. Read<ObservedEvent>(_past)],
    };

    /// <summary>The workload as it is sent below a base path, written once for all who send it at the time.</summary>
    public WorkloadText Text(string project, string basePath)
    {
        if (_written?.TryGetTarget(out var written) != true || (written!.Project, written.BasePath) != (project, basePath))
        {
            _written = new(written = new(project, basePath, WorkloadText.Of(Observe().ToWorkload(project, basePath))));
            RecentTexts.Keep(written);
        }
        return written.Text;
    }

    private static List<T> Read<T>(Part[] parts) => [.. parts.Where(part => part.Kind == typeof(T)).Select(part => part.Read<T>())];

    private sealed record Written(string Project, string BasePath, WorkloadText Text);
}
