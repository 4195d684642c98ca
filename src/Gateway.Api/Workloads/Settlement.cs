using System.Net;
using Gateway.Api.Cluster;
using Gateway.Api.Live;
using Gateway.Api.Projects;
using Gateway.Core.Manifests;
using k8s;
using k8s.Models;

namespace Gateway.Api.Workloads;

/// <summary>Decides on the object itself, once, whether a submission that was cut short is completed or undone.</summary>
internal sealed class Settlement(ClusterWorkloads workloads, LivePictures live)
{
    // Its controller writes to the object as well.
    private const int Attempts = 10;

    /// <summary>Says that it was completed, unless it is being undone: the object then; null when it is gone.</summary>
    public Task<IKubernetesObject<V1ObjectMeta>?> CompleteAsync(Project project, IKubernetesObject<V1ObjectMeta> owner) =>
        SettleAsync(project, owner, Settling.ToCompleted);

    /// <summary>
    /// Undoes it; false when somebody else has completed it. What does not go with the object goes by <paramref name="first"/>: as long as
    /// the object is there, nobody takes that for a part of the next one of this name. An object that is gone was undone by another
    /// gateway, or deleted by a caller, who keeps what is kept.
    /// </summary>
    public async Task<bool> TryUndoAsync(Project project, IKubernetesObject<V1ObjectMeta> owner, Func<Task> first)
    {
        if (await SettleAsync(project, owner, Settling.ToUndone) is not { } settled)
            return true;
        if (!settled.IsUndone())
            return false;
        await first();
        await workloads.DeleteAsync(project, owner, CancellationToken.None);
        await ShowAsync(project, owner);
        return true;
    }

    // Nobody was told that it is there, and nobody is to see it longer than it is.
    private async Task ShowAsync(Project project, IKubernetesObject<V1ObjectMeta> owner)
    {
        try
        {
            if (await workloads.ReadAsync(project, owner, CancellationToken.None) is { } left)
                live.Saw(project, left);
            else
                live.SawGo(project, owner.Metadata.Uid);
        }
        catch (ClusterException)
        {
            // The watch tells.
        }
    }

    // The object once it is decided; null when it is gone.
    private async Task<IKubernetesObject<V1ObjectMeta>?> SettleAsync(Project project, IKubernetesObject<V1ObjectMeta> owner, Func<IKubernetesObject<V1ObjectMeta>, object> patch)
    {
        var now = owner;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return now.IsCompleted() || now.IsUndone() ? now : await workloads.PatchAsync(project, now, patch(now), CancellationToken.None);
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
