using Gateway.Api.Access;
using Gateway.Api.Cluster;
using Gateway.Api.Errors;
using Gateway.Api.Identity;
using Gateway.Api.Live;
using Gateway.Api.Projects;
using Gateway.Api.Workloads.Policy;
using Gateway.Core.Manifests;
using Gateway.Core.Scheduling;
using Gateway.Core.Status;
using Gateway.Core.Workloads;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Workloads;

/// <summary>Submits each workload once. The lock is the object's name in the cluster; nothing is kept here.</summary>
internal sealed class Submissions(
    ClusterWorkloads workloads, ClusterObserver observer, Companions companions, NameTurns turns, LivePictures live, Admission admission, IOptions<IdempotencyOptions> idempotency, SchedulerDialect dialect, WorkloadDefaults defaults)
{
    /// <summary>The submission with its name, once it is known that it can run and that the caller may submit it.</summary>
    public async Task<WorkloadSubmission> PrepareAsync(ProjectAccess access, WorkloadSubmission submission, string? key, CancellationToken cancellationToken)
    {
        submission.Validate(idempotency.Value, defaults, key);
        foreach (var right in Rights(submission))
            await access.RequireAsync(right, cancellationToken);
        return submission.WithName($"{submission.Type} {submission.NamePrefix} {key ?? $"{Guid.NewGuid()}"}");
    }

    /// <summary>Creates the workload, or finds the one that the same key and body made before.</summary>
    public async Task<(ObservedWorkload Observed, bool Replayed)> SubmitAsync(ProjectAccess access, WorkloadSubmission submission, string? key, CancellationToken cancellationToken)
    {
        var project = access.Project;
        var (placement, completed) = (Place(access, submission, key) with { Attempt = $"{Guid.NewGuid():N}" }, admission.Complete(project.Name, submission, key));
        var manifest = completed.ToManifest(placement, defaults);
        using var turn = await turns.TakeAsync(project, submission.Name!, cancellationToken);
        var holder = await HolderAsync(project, manifest, cancellationToken);
        // After the look: what was let in before is shown again, whatever the policy says now.
        if (holder is null)
            admission.Require(project.Name, completed);
        if (holder is null && await CreateAsync(project, manifest).For(completed) is { } created)
        {
            live.Saw(project, created);
            await companions.MakeAsync(project, completed, placement, created);
            return (new() { Owner = created, Dialect = dialect }, false);
        }
        // Taken between the look and the create, by another replica or by hand.
        holder ??= await HolderAsync(project, manifest, cancellationToken) ?? throw Fleeting();
        holder = Replay(project, holder, manifest);
        await companions.CompleteAsync(project, completed, placement, holder);
        return (await observer.ObserveAsync(project, holder, cancellationToken), true);
    }

    /// <summary>The object as it would be created, after every check, the cluster's own included; with a key, what that key and body made before.</summary>
    public async Task<ObservedWorkload> TryAsync(ProjectAccess access, WorkloadSubmission submission, string? key, CancellationToken cancellationToken)
    {
        var project = access.Project;
        var (placement, completed) = (Place(access, submission, key), admission.Complete(project.Name, submission, key));
        var manifest = completed.ToManifest(placement, defaults);
        if (await HolderAsync(project, manifest, cancellationToken) is { } holder)
            return new() { Owner = Replay(project, holder, manifest), Dialect = dialect };
        admission.Require(project.Name, completed);
        await workloads.TryPodAsync(project, manifest, cancellationToken).For(completed);
        if (await workloads.CreateAsync(project, manifest, dryRun: true, cancellationToken).For(completed) is null)
            throw Taken(project, await HolderAsync(project, manifest, cancellationToken) ?? throw Fleeting());
        await companions.TryAsync(project, completed, placement, cancellationToken);
        return new() { Owner = manifest, Dialect = dialect };
    }

    // What the gateway makes by itself, a build's headless Service, takes no right of the caller's; an Ingress goes with its Service.
    private static IEnumerable<Right> Rights(WorkloadSubmission submission)
    {
        yield return Right.On("create", submission.Type!);
        if (submission.Volumes.Any(volume => volume.NewClaim is not null))
            yield return new("create", "", "persistentvolumeclaims");
        if (submission.Expose is not null)
            yield return new("create", "", "services");
    }

    // Not ended by a caller who hangs up: the turn of the name lasts until the cluster has answered or time ran out.
    private async Task<IKubernetesObject<V1ObjectMeta>?> CreateAsync(Project project, IKubernetesObject<V1ObjectMeta> manifest)
    {
        try
        {
            return await workloads.CreateAsync(project, manifest, dryRun: false, CancellationToken.None) ?? await OwnAsync(project, manifest);
        }
        catch (ClusterException e) when (e.MayHaveHappened)
        {
            return await SettledAsync(project, manifest) ?? throw new ProblemException(e.ToProblem() with { Location = WorkloadView.Path(project.Name, manifest.Metadata.Name) }, e);
        }
    }

    // A create whose answer was lost was sent again, and may have found itself.
    private async Task<IKubernetesObject<V1ObjectMeta>?> OwnAsync(Project project, IKubernetesObject<V1ObjectMeta> manifest) =>
        await HolderAsync(project, manifest, CancellationToken.None) is { } holder && holder.IsOfAttempt(manifest) ? holder : null;

    // One that is not there may still come, for as long as the server works on it: nobody knows.
    private async Task<IKubernetesObject<V1ObjectMeta>?> SettledAsync(Project project, IKubernetesObject<V1ObjectMeta> manifest)
    {
        try
        {
            return await OwnAsync(project, manifest);
        }
        catch (ClusterException)
        {
            return null;
        }
    }

    private Placement Place(ProjectAccess access, WorkloadSubmission asked, string? key) => new()
    {
        Namespace = access.Project.Namespace,
        Queue = access.Project.Name,
        Dialect = dialect,
        SubmittedBy = access.Caller.Username,
        DefaultUser = access.Caller == Caller.Anonymous ? null : access.Caller.Username,
        Fingerprint = Fingerprint.Of(asked),
        KeyHash = key is null ? null : Fingerprint.OfKey(key),
    };

    // The same key speaks of an object of its own type; any other object in the way is just in the way.
    private async Task<IKubernetesObject<V1ObjectMeta>?> HolderAsync(Project project, IKubernetesObject<V1ObjectMeta> manifest, CancellationToken cancellationToken)
    {
        var holders = await workloads.FindAsync(project, manifest.Metadata.Name, anyScheduler: true, cancellationToken);
        return holders.FirstOrDefault(holder => holder.Type() == manifest.Type()) ?? (holders.Count > 0 ? holders[0] : null);
    }

    private IKubernetesObject<V1ObjectMeta> Replay(Project project, IKubernetesObject<V1ObjectMeta> holder, IKubernetesObject<V1ObjectMeta> manifest)
    {
        if (holder.Type() != manifest.Type() || manifest.KeyHash() is not { } key || !holder.HasKey(key))
            throw Taken(project, holder);
        return Fingerprint.Same(holder.FingerprintOfSubmission(), manifest.FingerprintOfSubmission()!) ? holder : throw KeyReused(holder);
    }

    private static ProblemException Fleeting() => new(ProblemTypes.Conflict.With("The name was taken and free again at the same time."));

    private static ProblemException KeyReused(IKubernetesObject<V1ObjectMeta> holder)
    {
        var detail = $"The workload {holder.Metadata.Name} was submitted with this idempotency key and another body. A new attempt needs a new key and a new name.";
        return new(ProblemTypes.IdempotencyKeyReused.With(detail) with
        {
            Uid = holder.Metadata.Uid,
            Errors = new Dictionary<string, string[]> { ["Idempotency-Key"] = ["was used with another body"] },
        });
    }

    private ProblemException Taken(Project project, IKubernetesObject<V1ObjectMeta> holder)
    {
        var (name, kind) = (holder.Metadata.Name, workloads.IsOurs(holder) ? $"a {holder.Type()}" : $"a {holder.Kind} of another scheduler");
        var until = holder.Metadata.DeletionTimestamp is null ? "" : " that is being deleted";
        return new(ProblemTypes.NameTaken.With($"The name {name} is taken by {kind}{until}.") with
        {
            Uid = holder.Metadata.Uid,
            Location = workloads.IsOurs(holder) ? WorkloadView.Path(project.Name, name) : null,
        });
    }
}
