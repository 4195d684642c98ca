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
internal sealed class Companions(ClusterCompanions cluster, Settlement settlement, WorkloadDefaults defaults)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

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
        var lacked = false;
        foreach (var companion in submission.ToCompanions(placement, defaults, owner.ToOwnerReference()))
            lacked |= await EnsureAsync(project, submission, companion, owner);
        // Whoever created the object may be about to undo it for what could not be made then.
        if (lacked && !await settlement.TryCompleteAsync(project, owner))
            throw Undone();
    }

    /// <summary>Lets the cluster say whether it would take them; nothing is stored.</summary>
    public async Task TryAsync(Project project, WorkloadSubmission submission, Placement placement, CancellationToken cancellationToken)
    {
        foreach (var companion in submission.ToCompanions(placement, defaults, owner: null))
        {
            if (!await cluster.CreateAsync(project, companion, dryRun: true, cancellationToken).For(submission) && !IsReusable(companion, await cluster.ReadAsync(project, companion, cancellationToken)))
                throw Taken(companion);
        }
    }

    // True when it was made here, false when it was there already.
    private async Task<bool> EnsureAsync(Project project, WorkloadSubmission submission, IKubernetesObject<V1ObjectMeta> companion, IKubernetesObject<V1ObjectMeta> owner)
    {
        if (await cluster.CreateAsync(project, companion, dryRun: false, CancellationToken.None).For(submission))
            return true;
        var holder = await cluster.ReadAsync(project, companion, CancellationToken.None);
        var isOurs = companion.Metadata.OwnerReferences is null ? IsReusable(companion, holder) : holder.Metadata.OwnerReferences?.Any(reference => reference.Uid == owner.Metadata.Uid) is true;
        // A create whose answer was lost was sent again, and found itself.
        return isOurs ? holder.IsOfAttempt(companion) : throw Taken(companion);
    }

    // A claim that is kept is used again by whatever the gateway makes next.
    private static bool IsReusable(IKubernetesObject<V1ObjectMeta> companion, IKubernetesObject<V1ObjectMeta> holder) =>
        companion is V1PersistentVolumeClaim && holder.Metadata is { DeletionTimestamp: null, OwnerReferences: null or { Count: 0 } }
        && holder.Metadata.Labels?.TryGetValue(OwnKeys.ManagedBy, out var by) is true && by == OwnKeys.ManagedByGateway;

    private async Task<bool> TryUndoAsync(Project project, IKubernetesObject<V1ObjectMeta> owner, List<V1PersistentVolumeClaim> made)
    {
        try
        {
            if (!await settlement.TryUndoAsync(project, owner))
                return false;
            foreach (var claim in made)
                await cluster.DeleteClaimAsync(project, claim.Metadata.Name, CancellationToken.None);
            return true;
        }
        catch (ClusterException e)
        {
            throw new ProblemException(e.ToProblem() with { Outcome = Outcome.Unknown, Location = WorkloadView.Path(project.Name, owner.Metadata.Name) }, e);
        }
    }

    private static ProblemException Undone() =>
        new(ProblemTypes.ClusterUnavailable.With("An earlier attempt of this submission is being undone, since the cluster refused a part of it. Send it again in a moment.") with { RetryAfter = Soon });

    private static ProblemException Taken(IKubernetesObject<V1ObjectMeta> companion) =>
        new(ProblemTypes.NameTaken.With($"The workload needs a {companion.Kind} named {companion.Metadata.Name}, and another one has that name."));
}
