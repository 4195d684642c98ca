using Gateway.Api.Access;
using Gateway.Api.Cluster;
using Gateway.Api.Errors;
using Gateway.Api.Live;
using Gateway.Api.Projects;
using Gateway.Core.Manifests;
using Gateway.Core.Status;
using Gateway.Core.Workloads;
using k8s;
using k8s.Models;

namespace Gateway.Api.Workloads;

/// <summary>Who has the name that a submission is to have, and what becomes of the submission then.</summary>
internal sealed class NameHolders(ClusterWorkloads workloads, LivePictures live)
{
    /// <summary>The object that has the name, asked of the cluster unless the project's picture shows that there is none: then the create will tell.</summary>
    public async Task<IKubernetesObject<V1ObjectMeta>?> LookAsync(Project project, IKubernetesObject<V1ObjectMeta> manifest, CancellationToken cancellationToken) =>
        live.Warm(project) is { } picture && !live.IsStale(picture.HeardAt) && picture.IsFree(manifest.Metadata.Name) ? null : await FindAsync(project, manifest, cancellationToken);

    /// <summary>The object that has the name, asked of the cluster. The same key speaks of an object of its own type; any other object in the way is just in the way.</summary>
    public async Task<IKubernetesObject<V1ObjectMeta>?> FindAsync(Project project, IKubernetesObject<V1ObjectMeta> manifest, CancellationToken cancellationToken)
    {
        var holders = await workloads.FindAsync(project, manifest.Metadata.Name, anyScheduler: true, cancellationToken);
        return holders.FirstOrDefault(holder => holder.Type() == manifest.Type()) ?? (holders.Count > 0 ? holders[0] : null);
    }

    /// <summary>Whether this submission made it: by an attempt whose answer was lost, or when it was sent before with its key.</summary>
    public static bool IsOwn(IKubernetesObject<V1ObjectMeta> holder, IKubernetesObject<V1ObjectMeta> manifest) => holder.IsOfAttempt(manifest) || IsOfKey(holder, manifest);

    /// <summary>
    /// The holder, where the same submission made it before; else the request ends with 409 or 422. A key is no right to read: to whoever
    /// neither submitted the holder nor may get it, the name is taken and nothing else is told.
    /// </summary>
    public async Task<IKubernetesObject<V1ObjectMeta>> ReplayAsync(
        ProjectAccess access, IKubernetesObject<V1ObjectMeta> holder, IKubernetesObject<V1ObjectMeta> manifest, CancellationToken cancellationToken)
    {
        if (!IsOfKey(holder, manifest) || !(holder.SubmittedBy() == access.Caller.Username || await MayGetAsync(access, holder, cancellationToken)))
            throw await TakenAsync(access, holder, cancellationToken);
        return Fingerprint.Same(holder.FingerprintOfSubmission(), manifest.FingerprintOfSubmission()!) ? holder : throw KeyReused(holder);
    }

    /// <summary>Whether the caller may get it.</summary>
    public static ValueTask<bool> MayGetAsync(ProjectAccess access, IKubernetesObject<V1ObjectMeta> holder, CancellationToken cancellationToken) =>
        access.MayAsync(Right.On("get", holder.Type()), cancellationToken);

    /// <summary>409: somebody else has the name. What that is, is for whoever may get it.</summary>
    public async Task<ProblemException> TakenAsync(ProjectAccess access, IKubernetesObject<V1ObjectMeta> holder, CancellationToken cancellationToken)
    {
        var name = holder.Metadata.Name;
        if (!await MayGetAsync(access, holder, cancellationToken))
            return new(ProblemTypes.NameTaken.With($"The name {name} is taken."));
        var kind = workloads.IsOurs(holder) ? $"a {holder.Type()}" : $"a {holder.Kind} of another scheduler";
        var until = holder.Metadata.DeletionTimestamp is null ? "" : " that is being deleted";
        return new(ProblemTypes.NameTaken.With($"The name {name} is taken by {kind}{until}.") with
        {
            Uid = holder.Metadata.Uid,
            Location = workloads.IsOurs(holder) ? WorkloadView.Path(access.Project.Name, name) : null,
        });
    }

    /// <summary>409: the name was taken when the object was to be created, and free when it was looked for.</summary>
    public static ProblemException Fleeting() => new(ProblemTypes.Conflict.With("The name was taken and free again at the same time."));

    private static bool IsOfKey(IKubernetesObject<V1ObjectMeta> holder, IKubernetesObject<V1ObjectMeta> manifest) =>
        holder.Type() == manifest.Type() && manifest.KeyHash() is { } key && holder.HasKey(key);

    private static ProblemException KeyReused(IKubernetesObject<V1ObjectMeta> holder)
    {
        var detail = $"The workload {holder.Metadata.Name} was submitted with this idempotency key and another body. A new attempt needs a new key and a new name.";
        return new(ProblemTypes.IdempotencyKeyReused.With(detail) with
        {
            Uid = holder.Metadata.Uid,
            Errors = new Dictionary<string, string[]> { ["Idempotency-Key"] = ["was used with another body"] },
        });
    }
}
