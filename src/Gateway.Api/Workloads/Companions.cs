using System.Net;
using System.Runtime.ExceptionServices;
using Gateway.Api.Cluster;
using Gateway.Api.Errors;
using Gateway.Api.Projects;
using Gateway.Core.Manifests;
using Gateway.Core.Manifests.Companions;
using Gateway.Core.Status;
using Gateway.Core.Workloads;
using k8s;
using k8s.Models;

namespace Gateway.Api.Workloads;

/// <summary>
/// Makes what a workload needs beside its object. The object is first, since its name is the lock; what goes with it is owned by it.
/// See docs/decisions/0005-companions.md.
/// </summary>
internal sealed class Companions(ClusterCompanions cluster, Settlement settlement, WorkloadDefaults defaults, TimeProvider time)
{
    // Controllers write to a claim as well.
    private const int Attempts = 10;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    // The garbage collector's usual delay.
    private static readonly TimeSpan[] Pauses = [.. new[] { 100, 200, 400, 800 }.Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds))];

    /// <summary>
    /// Makes what a workload that was just created needs. When the cluster refuses a part, the workload and its claims go again, unless
    /// another submission with the same key has completed it meanwhile; when it does not answer, nobody knows, and a retry with the same
    /// key completes it.
    /// </summary>
    public async Task MakeAsync(Project project, WorkloadSubmission submission, Placement placement, IKubernetesObject<V1ObjectMeta> owner)
    {
        var companions = submission.ToCompanions(placement, defaults, owner.ToOwnerReference());
        try
        {
            foreach (var companion in companions)
                await EnsureAsync(project, submission, companion, owner);
        }
        catch (ClusterException e) when (e.MayHaveHappened)
        {
            throw Unknown(project, owner, e.ToProblem(), e);
        }
        catch (Exception e) when (e is ClusterException or ProblemException)
        {
            if (await TryUndoAsync(project, companions, owner))
                throw;
        }
    }

    /// <summary>Makes what a workload that was created before lacks, because its submission was cut short. Ends the request with 503 where that is being undone.</summary>
    public async Task CompleteAsync(Project project, WorkloadSubmission submission, Placement placement, IKubernetesObject<V1ObjectMeta> owner)
    {
        if (owner.IsCompleted() || owner.Metadata.DeletionTimestamp is not null)
            return;
        var companions = owner.ToCompanions(submission, placement, defaults);
        try
        {
            foreach (var companion in companions)
            {
                // A quota refuses what is there already.
                if (await cluster.FindAsync(project, companion, CancellationToken.None) is not { } holder || !await ServesAsync(project, holder, companion, owner))
                    await EnsureAsync(project, submission, companion, owner);
            }
        }
        // The workload is there, and its caller may have been told so: whoever lacks a part of it has to read it.
        catch (ClusterException e)
        {
            throw Unknown(project, owner, e.ToProblem(), e);
        }
        catch (ProblemException e)
        {
            throw Unknown(project, owner, e.Problem, e);
        }
        // Whoever created the object may be about to undo it for a part that it could not make, or does not know that it made.
        if (companions.Count == 0 && !owner.IsExposed())
            return;
        if (await settlement.CompleteAsync(project, owner) is not { } settled)
            throw Unready("The workload was deleted at the same time. Send it again in a moment.");
        if (settled.IsUndone())
            throw Undone();
    }

    /// <summary>Finishes the undoing of a workload by a gateway that may have been killed over it: the 503 that the request ends with.</summary>
    public async Task<ProblemException> FinishUndoingAsync(Project project, WorkloadSubmission submission, Placement placement, IKubernetesObject<V1ObjectMeta> owner)
    {
        try
        {
            await TryUndoAsync(project, owner.ToCompanions(submission, placement, defaults), owner);
            return Undone();
        }
        // Whoever submits the name finishes it, and need not be who submitted it before.
        catch (ProblemException e)
        {
            return new(e.Problem with { Uid = null }, e);
        }
    }

    /// <summary>Lets the cluster say whether it would take them; nothing is stored.</summary>
    public async Task TryAsync(Project project, WorkloadSubmission submission, Placement placement, CancellationToken cancellationToken)
    {
        foreach (var companion in submission.ToCompanions(placement, defaults, owner: null))
        {
            if (await cluster.FindAsync(project, companion, cancellationToken) is not { } holder)
                await cluster.CreateAsync(project, companion, dryRun: true, cancellationToken).For(submission);
            else if (!holder.IsReusableAs(companion) && !holder.IsLeaving(submission.Name))
                throw Taken(companion);
        }
    }

    // Waited for where what has the name goes away by itself.
    private async Task EnsureAsync(Project project, WorkloadSubmission submission, IKubernetesObject<V1ObjectMeta> companion, IKubernetesObject<V1ObjectMeta> owner)
    {
        foreach (var pause in Pauses)
        {
            ClusterException? refusal = null;
            try
            {
                if (await cluster.CreateAsync(project, companion, dryRun: false, CancellationToken.None).For(submission))
                    return;
            }
            catch (ClusterException e) when (e.Status == HttpStatusCode.Forbidden)
            {
                // A create whose answer was lost was sent again, and a quota refuses what is there already.
                refusal = e;
            }
            var holder = await cluster.FindAsync(project, companion, CancellationToken.None);
            if (holder is not null && await ServesAsync(project, holder, companion, owner))
                return;
            if (refusal is not null)
                ExceptionDispatchInfo.Throw(refusal);
            if (holder is not null && !holder.IsReusableAs(companion) && !holder.IsLeaving(submission.Name))
                throw Taken(companion);
            await Task.Delay(pause, time, CancellationToken.None);
        }
        throw Unready($"The {companion.Kind} {companion.Metadata.Name} of an earlier workload is still being removed. Send it again in a moment.");
    }

    // Whether the workload has it, or can use it: a claim that is kept is used again, and says so, lest it is undone with the one it was made for.
    private async Task<bool> ServesAsync(Project project, IKubernetesObject<V1ObjectMeta> holder, IKubernetesObject<V1ObjectMeta> companion, IKubernetesObject<V1ObjectMeta> owner) =>
        holder.IsPartOf(owner)
        || (companion.Metadata.OwnerReferences is null && holder is V1PersistentVolumeClaim claim && claim.IsReusableAs(companion)
            && (claim.IsShared() || await cluster.ShareAsync(project, claim, CancellationToken.None) is { Metadata.DeletionTimestamp: null }));

    private async Task<bool> TryUndoAsync(Project project, IReadOnlyList<IKubernetesObject<V1ObjectMeta>> companions, IKubernetesObject<V1ObjectMeta> owner)
    {
        try
        {
            return await settlement.TryUndoAsync(project, owner, first: async () =>
            {
                foreach (var claim in companions.OfType<V1PersistentVolumeClaim>().Where(claim => claim.Metadata.OwnerReferences is null))
                    await RemoveAsync(project, claim, owner);
            });
        }
        catch (ClusterException e)
        {
            throw Unknown(project, owner, e.ToProblem(), e);
        }
    }

    // A claim that this very attempt made, and nobody else uses. One that never stands still stays.
    private async Task RemoveAsync(Project project, V1PersistentVolumeClaim claim, IKubernetesObject<V1ObjectMeta> owner)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await cluster.FindAsync(project, claim, CancellationToken.None) is not V1PersistentVolumeClaim found || !found.IsOfAttempt(owner) || found.IsShared())
                return;
            if (await cluster.TryDeleteAsync(project, found, CancellationToken.None))
                return;
        }
    }

    private static ProblemException Unknown(Project project, IKubernetesObject<V1ObjectMeta> owner, Problem problem, Exception cause) =>
        new(problem with { Outcome = Outcome.Unknown, Uid = owner.Metadata.Uid, Location = WorkloadView.Path(project.Name, owner.Metadata.Name) }, cause);

    private static ProblemException Undone() => Unready("An earlier attempt of this submission is being undone, since the cluster refused a part of it. Send it again in a moment.");

    private static ProblemException Unready(string detail) => new(ProblemTypes.ClusterUnavailable.With(detail) with { RetryAfter = Soon });

    private static ProblemException Taken(IKubernetesObject<V1ObjectMeta> companion) =>
        new(ProblemTypes.NameTaken.With($"The workload needs a {companion.Kind} named {companion.Metadata.Name}, and another one has that name."));
}
