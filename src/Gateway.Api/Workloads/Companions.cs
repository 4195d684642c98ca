using System.Net;
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
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    // The garbage collector's usual delay.
    private static readonly TimeSpan[] Pauses = [.. new[] { 100, 200, 400, 800 }.Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds))];

    /// <summary>
    /// Makes what a workload that was just created needs. When the cluster refuses a part, the workload and the claims that were made
    /// here go again, unless another submission with the same key has completed it meanwhile; when it does not answer, nobody knows, and a
    /// retry with the same key completes it.
    /// </summary>
    public async Task MakeAsync(Project project, WorkloadSubmission submission, Placement placement, IKubernetesObject<V1ObjectMeta> owner)
    {
        List<V1PersistentVolumeClaim> made = [];
        try
        {
            foreach (var companion in submission.ToCompanions(placement, defaults, owner.ToOwnerReference()))
            {
                if (await EnsureAsync(project, submission, companion, owner) && companion is V1PersistentVolumeClaim claim)
                    made.Add(claim);
            }
        }
        catch (ClusterException e) when (e.MayHaveHappened)
        {
            throw new ProblemException(e.ToProblem() with { Location = WorkloadView.Path(project.Name, owner.Metadata.Name) }, e);
        }
        catch (Exception e) when (e is ClusterException or ProblemException)
        {
            if (await TryUndoAsync(project, owner, made))
                throw;
        }
    }

    /// <summary>Makes what a workload that was created before lacks, because its submission was cut short. Ends the request with 503 where that is being undone.</summary>
    public async Task CompleteAsync(Project project, WorkloadSubmission submission, Placement placement, IKubernetesObject<V1ObjectMeta> owner)
    {
        if (owner.IsUndone())
        {
            // By a gateway that may have been killed over it.
            await settlement.TryUndoAsync(project, owner);
            throw Undone();
        }
        if (owner.Metadata.DeletionTimestamp is not null)
            return;
        var companions = submission.ToCompanions(placement, defaults, owner.ToOwnerReference()).ToList();
        foreach (var companion in companions)
        {
            if (await FindOwnAsync(project, companion, owner) is null)
                await EnsureAsync(project, submission, companion, owner);
        }
        // Whoever created the object may be about to undo it for a part that it could not make, or does not know that it made.
        if (companions.Count > 0 && !await settlement.TryCompleteAsync(project, owner))
            throw Undone();
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

    // True when it was made here, false when it was there already. Waited for where what has the name goes away by itself.
    private async Task<bool> EnsureAsync(Project project, WorkloadSubmission submission, IKubernetesObject<V1ObjectMeta> companion, IKubernetesObject<V1ObjectMeta> owner)
    {
        foreach (var pause in Pauses)
        {
            try
            {
                if (await cluster.CreateAsync(project, companion, dryRun: false, CancellationToken.None).For(submission))
                    return true;
            }
            catch (ClusterException e) when (e.Status == HttpStatusCode.Forbidden)
            {
                // A quota refuses what is there already.
                if (await FindOwnAsync(project, companion, owner) is not { } own)
                    throw;
                return own.IsOfAttempt(companion);
            }
            if (await cluster.FindAsync(project, companion, CancellationToken.None) is not { } holder)
                continue;
            // A create whose answer was lost was sent again, and found itself.
            if (holder.Serves(companion, owner))
                return holder.IsOfAttempt(companion);
            if (!holder.IsLeaving(submission.Name))
                throw Taken(companion);
            await Task.Delay(pause, time, CancellationToken.None);
        }
        throw Unready($"The {companion.Kind} {companion.Metadata.Name} of an earlier workload is still being removed. Send it again in a moment.");
    }

    private async Task<IKubernetesObject<V1ObjectMeta>?> FindOwnAsync(Project project, IKubernetesObject<V1ObjectMeta> companion, IKubernetesObject<V1ObjectMeta> owner) =>
        await cluster.FindAsync(project, companion, CancellationToken.None) is { } holder && holder.Serves(companion, owner) ? holder : null;

    private async Task<bool> TryUndoAsync(Project project, IKubernetesObject<V1ObjectMeta> owner, List<V1PersistentVolumeClaim> made)
    {
        try
        {
            return await settlement.TryUndoAsync(project, owner, first: async () =>
            {
                foreach (var claim in made)
                    await cluster.DeleteClaimAsync(project, claim.Metadata.Name, CancellationToken.None);
            });
        }
        catch (ClusterException e)
        {
            throw new ProblemException(e.ToProblem() with { Outcome = Outcome.Unknown, Location = WorkloadView.Path(project.Name, owner.Metadata.Name) }, e);
        }
    }

    private static ProblemException Undone() => Unready("An earlier attempt of this submission is being undone, since the cluster refused a part of it. Send it again in a moment.");

    private static ProblemException Unready(string detail) => new(ProblemTypes.ClusterUnavailable.With(detail) with { RetryAfter = Soon });

    private static ProblemException Taken(IKubernetesObject<V1ObjectMeta> companion) =>
        new(ProblemTypes.NameTaken.With($"The workload needs a {companion.Kind} named {companion.Metadata.Name}, and another one has that name."));
}
