using System.Text.Json;
using Gateway.Api.Cluster;
using Gateway.Api.Errors;
using Gateway.Api.Live;
using Gateway.Api.Live.Pictures;
using Gateway.Api.Projects;
using Gateway.Core.Logs;
using k8s;
using k8s.Models;

namespace Gateway.Api.Logs;

/// <summary>Where the log of a workload is, once more: pods come, containers are started again.</summary>
internal sealed class LogFinder(ClusterWorkloads workloads, ClusterObserver observer, LivePictures live)
{
    /// <summary>What there is to read now of that very workload.</summary>
    public async Task<LogFinding> FindAsync(Project project, IKubernetesObject<V1ObjectMeta> owner, LogWish wish, CancellationToken cancellationToken)
    {
        var found = await workloads.FindAsync(project, owner.Metadata.Name, anyScheduler: true, cancellationToken);
        return found.FirstOrDefault(one => one.Metadata.Uid == owner.Metadata.Uid) is { } same
            ? await LookAsync(project, same, wish, cancellationToken)
            : new LogFinding.Gone("The workload is gone, and the logs of its pods with it.");
    }

    /// <summary>What there is to read of a workload: its pods tell that, and the rest why there is nothing.</summary>
    public async Task<LogFinding> LookAsync(Project project, IKubernetesObject<V1ObjectMeta> owner, LogWish wish, CancellationToken cancellationToken)
    {
        var bare = await observer.ObservePodsAsync(project, owner, cancellationToken);
        return bare.FindLog(wish) is LogFinding.Found found ? found : (await observer.ExplainAsync(project, bare, cancellationToken)).FindLog(wish);
    }

    /// <summary>
    /// Waits by the project's picture until there is a log, which takes nothing from the cluster. Null when the cluster is to be asked:
    /// where there is no picture, and where it shows that there is nothing to wait for, since nothing is refused from memory.
    /// </summary>
    public async Task<LogSource?> WaitAsync(Project project, IKubernetesObject<V1ObjectMeta> owner, LogWish wish, CancellationToken cancellationToken)
    {
        try
        {
            using var hold = await live.TryHoldAsync(project, cancellationToken);
            return hold is null ? null : await WaitAsync(hold.Picture, owner.Metadata.Uid, wish, cancellationToken);
        }
        catch (Exception e) when (e is ClusterException or JsonException)
        {
            // The cluster says itself what is wrong, if that concerns the log.
            return null;
        }
    }

    /// <summary>Why there is nothing to read, as a refusal.</summary>
    public static ProblemException Refuse(LogFinding finding, LogRequest request) => finding switch
    {
        LogFinding.NotYet none => new(ProblemTypes.LogsNotReady.With(request.MayNamePods ? none.Because : "The workload has no log to read yet.")),
        LogFinding.Gone none => new(ProblemTypes.LogsGone.With(request.MayNamePods ? none.Because : "There is no such log any more.")),
        LogFinding.Wrong wrong => Query.Refuse(wrong.Parameter, request.MayNamePods ? wrong.Because : "is none of this workload's"),
        _ => throw new ArgumentException("There is a log.", nameof(finding)),
    };

    private static async Task<LogSource?> WaitAsync(Picture picture, string uid, LogWish wish, CancellationToken cancellationToken)
    {
        PicturedWorkload? looked = null;
        while (!picture.HasEnded)
        {
            var version = picture.Version;
            if (picture.Find(uid) is not { } shown)
                return null;
            if (shown != looked && shown.Observe().FindLog(wish) is var finding and not LogFinding.NotYet)
                return (finding as LogFinding.Found)?.Source;
            looked = shown;
            await picture.NextAsync(version, cancellationToken);
        }
        return null;
    }
}
