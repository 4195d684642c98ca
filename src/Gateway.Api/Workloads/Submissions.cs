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
    ClusterWorkloads workloads, ClusterObserver observer, Companions companions, NameHolders holders, NameTurns turns, ProjectShares shares, LivePictures live, Admission admission, PodAdmission pods, IOptions<IdempotencyOptions> idempotency, SchedulerDialect dialect, WorkloadDefaults defaults)
{
    // A name that is taken and free again at the same time is asked for once more.
    private const int Attempts = 3;

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
        using var share = await shares.TakeAsync(project, cancellationToken);
        var (owner, isNew) = await LetInAsync(project, completed, manifest, cancellationToken) is { } holder ? (holder, false) : await CreateAsync(project, manifest).For(completed);
        if (isNew)
        {
            live.Saw(project, owner);
            await companions.MakeAsync(project, completed, placement, owner);
            return (new() { Owner = owner, Dialect = dialect }, false);
        }
        if (owner.IsUndone())
            throw await companions.FinishUndoingAsync(project, completed, placement, owner);
        owner = holders.Replay(project, owner, manifest);
        live.Saw(project, owner);
        await companions.CompleteAsync(project, completed, placement, owner);
        return (await ShowAsync(project, owner, cancellationToken), true);
    }

    /// <summary>The object as it would be created, after every check, the cluster's own included; with a key, what that key and body made before.</summary>
    public async Task<ObservedWorkload> TryAsync(ProjectAccess access, WorkloadSubmission submission, string? key, CancellationToken cancellationToken)
    {
        var project = access.Project;
        var (placement, completed) = (Place(access, submission, key), admission.Complete(project.Name, submission, key));
        var manifest = completed.ToManifest(placement, defaults);
        using var share = await shares.TakeAsync(project, cancellationToken);
        if (await holders.FindAsync(project, manifest, cancellationToken) is { } holder)
            return new() { Owner = holders.Replay(project, holder, manifest), Dialect = dialect };
        admission.Require(project.Name, completed);
        await pods.TryAsync(project, completed, manifest, cancellationToken);
        if (await workloads.CreateAsync(project, manifest, dryRun: true, cancellationToken).For(completed) is null)
            throw holders.Taken(project, await holders.FindAsync(project, manifest, cancellationToken) ?? throw NameHolders.Fleeting());
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

    // Who has the name already; null where nobody has, and the submission may come in. What was let in before is shown again, whatever the policy and the
    // project's quotas say now.
    private async Task<IKubernetesObject<V1ObjectMeta>?> LetInAsync(Project project, WorkloadSubmission completed, IKubernetesObject<V1ObjectMeta> manifest, CancellationToken cancellationToken)
    {
        if (await holders.LookAsync(project, manifest, cancellationToken) is { } seen)
            return seen;
        try
        {
            admission.Require(project.Name, completed);
            await pods.RequireAsync(project, completed, manifest, cancellationToken);
            return null;
        }
        catch (Exception e) when (e is ProblemException or ClusterException)
        {
            if (await LookAfterAsync(project, manifest, e as ClusterException) is { } holder)
                return holder;
            throw;
        }
    }

    // The object, and whether this submission made it now. Not ended by a caller who hangs up: the turn of the name lasts until the
    // cluster has answered or time ran out.
    private async Task<(IKubernetesObject<V1ObjectMeta> Owner, bool IsNew)> CreateAsync(Project project, IKubernetesObject<V1ObjectMeta> manifest)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                if (await workloads.CreateAsync(project, manifest, dryRun: false, CancellationToken.None) is { } created)
                    return (created, true);
            }
            catch (ClusterException e) when (e.MayHaveHappened || (e.Status is not null && manifest.KeyHash() is not null))
            {
                return await SettleAsync(project, manifest, e);
            }
            // A create whose answer was lost was sent again, and may have found itself.
            if (await LookAfterAsync(project, manifest, refusal: null) is { } holder)
                return (holder, holder.IsOfAttempt(manifest));
        }
        throw NameHolders.Fleeting();
    }

    // What it may have made, or its key made before: a quota, for one, refuses what is there already. One that is not there may still
    // come, for as long as the server works on it: nobody knows.
    private async Task<(IKubernetesObject<V1ObjectMeta> Owner, bool IsNew)> SettleAsync(Project project, IKubernetesObject<V1ObjectMeta> manifest, ClusterException refusal)
    {
        if (await LookAfterAsync(project, manifest, refusal) is { } holder && NameHolders.IsOwn(holder, manifest))
            return (holder, holder.IsOfAttempt(manifest));
        if (refusal.MayHaveHappened)
            throw Unknown(project, manifest, refusal);
        throw refusal;
    }

    // Who has the name after a create that was refused, or whose answer was lost: where that cannot be said, it may be what was to be created.
    private async Task<IKubernetesObject<V1ObjectMeta>?> LookAfterAsync(Project project, IKubernetesObject<V1ObjectMeta> manifest, ClusterException? refusal)
    {
        try
        {
            return await holders.FindAsync(project, manifest, CancellationToken.None);
        }
        catch (ClusterException e)
        {
            throw Unknown(project, manifest, refusal ?? e);
        }
    }

    private static ProblemException Unknown(Project project, IKubernetesObject<V1ObjectMeta> manifest, ClusterException cause) =>
        new(cause.ToProblem() with { Outcome = Outcome.Unknown, Location = WorkloadView.Path(project.Name, manifest.Metadata.Name) }, cause);

    // What was submitted before is there, whether it can be shown or not.
    private async Task<ObservedWorkload> ShowAsync(Project project, IKubernetesObject<V1ObjectMeta> owner, CancellationToken cancellationToken)
    {
        try
        {
            return await observer.ObserveAsync(project, owner, cancellationToken);
        }
        catch (ClusterException e)
        {
            throw new ProblemException(e.ToProblem() with { Outcome = Outcome.Done, Uid = owner.Metadata.Uid, Location = WorkloadView.Path(project.Name, owner.Metadata.Name) }, e);
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
}
