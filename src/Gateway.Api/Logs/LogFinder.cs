using Gateway.Api.Cluster;
using Gateway.Api.Errors;
using Gateway.Api.Projects;
using Gateway.Core.Logs;
using k8s;
using k8s.Models;

namespace Gateway.Api.Logs;

/// <summary>Where the log of a workload is, once more: pods come, containers are started again.</summary>
internal sealed class LogFinder(ClusterWorkloads workloads, ClusterObserver observer)
{
    /// <summary>What there is to read now of that very workload.</summary>
    public async Task<LogFinding> FindAsync(Project project, IKubernetesObject<V1ObjectMeta> owner, LogWish wish, CancellationToken cancellationToken)
    {
        var found = await workloads.FindAsync(project, owner.Metadata.Name, anyScheduler: true, cancellationToken);
        return found.FirstOrDefault(one => one.Metadata.Uid == owner.Metadata.Uid) is { } same
            ? (await observer.ObserveAsync(project, same, cancellationToken)).FindLog(wish)
            : new LogFinding.Gone("The workload is gone, and the logs of its pods with it.");
    }

    /// <summary>Why there is nothing to read, as a refusal.</summary>
    public static ProblemException Refuse(LogFinding finding) => finding switch
    {
        LogFinding.NotYet none => new(ProblemTypes.LogsNotReady.With(none.Because)),
        LogFinding.Gone none => new(ProblemTypes.LogsGone.With(none.Because)),
        LogFinding.Wrong wrong => Query.Refuse(wrong.Parameter, wrong.Because),
        _ => throw new ArgumentException("There is a log.", nameof(finding)),
    };
}
