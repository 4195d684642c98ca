using System.Net;
using Gateway.Api.Cluster;
using Gateway.Api.Projects;
using Gateway.Core.Manifests;
using k8s;
using k8s.Models;

namespace Gateway.Api.Workloads;

/// <summary>Decides on the object itself, once, whether a submission that was cut short is completed or undone.</summary>
internal sealed class Settlement(ClusterWorkloads workloads)
{
    // Its controller writes to the object as well.
    private const int Attempts = 10;

    /// <summary>Says that it was completed; false when it is undone, or gone.</summary>
    public async Task<bool> TryCompleteAsync(Project project, IKubernetesObject<V1ObjectMeta> owner) =>
        await SettleAsync(project, owner, Settling.ToCompleted) is { } settled && settled.IsCompleted();

    /// <summary>
    /// Undoes it; false when somebody else has completed it. What does not go with the object goes by <paramref name="first"/>: as long as
    /// the object is there, nobody takes that for a part of the next one of this name.
    /// </summary>
    public async Task<bool> TryUndoAsync(Project project, IKubernetesObject<V1ObjectMeta> owner, Func<Task>? first = null)
    {
        if (await SettleAsync(project, owner, Settling.ToUndone) is not { } settled)
            return true;
        if (!settled.IsUndone())
            return false;
        await (first?.Invoke() ?? Task.CompletedTask);
        await workloads.DeleteAsync(project, owner, CancellationToken.None);
        return true;
    }

    // The object once it is decided; null when it is gone.
    private async Task<IKubernetesObject<V1ObjectMeta>?> SettleAsync(Project project, IKubernetesObject<V1ObjectMeta> owner, Func<IKubernetesObject<V1ObjectMeta>, object> patch)
    {
        var now = owner;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (now.IsCompleted() || now.IsUndone() || await workloads.PatchAsync(project, now, patch(now), CancellationToken.None) is null)
                    return now;
            }
            catch (ClusterException e) when (e.Status == HttpStatusCode.Conflict && attempt < Attempts)
            {
            }
            var found = await workloads.FindAsync(project, owner.Metadata.Name, anyScheduler: true, CancellationToken.None);
            if (found.FirstOrDefault(one => one.Metadata.Uid == owner.Metadata.Uid) is not { } again)
                return null;
            now = again;
        }
    }
}
