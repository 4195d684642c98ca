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
internal sealed class Companions(ClusterCompanions cluster, ClusterWorkloads workloads, WorkloadDefaults defaults)
{
    /// <summary>
    /// Makes what a workload that was just created needs. When the cluster refuses a part, the workload and the claims that were made
    /// here go again; when it does not answer, nobody knows, and a retry with the same key completes it.
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
            await UndoAsync(project, owner, made);
            throw;
        }
    }

    /// <summary>Makes what a workload that was created before lacks, because its submission was cut short.</summary>
    public async Task CompleteAsync(Project project, WorkloadSubmission submission, Placement placement, IKubernetesObject<V1ObjectMeta> owner)
    {
        if (owner.Metadata.DeletionTimestamp is not null)
            return;
        foreach (var companion in submission.ToCompanions(placement, defaults, owner.ToOwnerReference()))
            await EnsureAsync(project, submission, companion, owner);
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
        var isOurs = companion.Metadata.OwnerReferences is null ? IsReusable(companion, holder) : holder.OwnerReferences?.Any(reference => reference.Uid == owner.Metadata.Uid) is true;
        return isOurs ? false : throw Taken(companion);
    }

    // A claim that is kept is used again by whatever the gateway makes next.
    private static bool IsReusable(IKubernetesObject<V1ObjectMeta> companion, V1ObjectMeta holder) =>
        companion is V1PersistentVolumeClaim && holder.DeletionTimestamp is null && holder.OwnerReferences is null or { Count: 0 }
        && holder.Labels?.TryGetValue(OwnKeys.ManagedBy, out var by) is true && by == OwnKeys.ManagedByGateway;

    private async Task UndoAsync(Project project, IKubernetesObject<V1ObjectMeta> owner, List<V1PersistentVolumeClaim> made)
    {
        try
        {
            await workloads.DeleteAsync(project, owner, CancellationToken.None);
            foreach (var claim in made)
                await cluster.DeleteClaimAsync(project, claim.Metadata.Name, CancellationToken.None);
        }
        catch (ClusterException e)
        {
            throw new ProblemException(e.ToProblem() with { Outcome = Outcome.Unknown, Location = WorkloadView.Path(project.Name, owner.Metadata.Name) }, e);
        }
    }

    private static ProblemException Taken(IKubernetesObject<V1ObjectMeta> companion) =>
        new(ProblemTypes.NameTaken.With($"The workload needs a {companion.Kind} named {companion.Metadata.Name}, and another one has that name."));
}
