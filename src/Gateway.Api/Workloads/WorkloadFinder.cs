using Gateway.Api.Access;
using Gateway.Api.Cluster;
using Gateway.Api.Errors;
using Gateway.Api.Live;
using Gateway.Api.Projects;
using Gateway.Core.Manifests;
using Gateway.Core.Status;
using Gateway.Core.Workloads;
using k8s;
using k8s.Models;

namespace Gateway.Api.Workloads;

/// <summary>The one workload that an address means, or the reason why there is none.</summary>
internal sealed class WorkloadFinder(ClusterWorkloads workloads, ClusterObserver observer, LivePictures live, TimeProvider time)
{
    /// <summary>
    /// Its object, on which the caller may do what the verb says. Nothing is guessed: no object is 404, two are 409, one with another
    /// uid is 412; and nothing is betrayed: an object that the caller may not even get is no object.
    /// </summary>
    public async Task<IKubernetesObject<V1ObjectMeta>> FindAsync(ProjectAccess access, string verb, WorkloadAddress address, CancellationToken cancellationToken)
    {
        var project = access.Project;
        var allowed = await RequireTypesAsync(access, verb, address, cancellationToken);
        if (!KubernetesNames.IsObjectName(address.Name))
            throw NotFound(project);
        var found = await workloads.FindAsync(project, address.Name, anyScheduler: false, cancellationToken);
        var meant = found.Where(owner => allowed.Contains(owner.Type())).ToList();
        return meant.Count switch
        {
            0 => throw await NoneAsync(access, verb, found.Where(owner => address.Type is null || owner.Type() == address.Type), cancellationToken),
            1 => address.Uid is null || address.Uid == meant[0].Metadata.Uid ? meant[0] : throw AnotherAttempt(meant[0].Metadata.Uid),
            _ => throw new ProblemException(ProblemTypes.AmbiguousName.With($"The project has a train and a build named {address.Name}: say which by ?type=train or ?type=build.")),
        };
    }

    /// <summary>The types of which it may be, and on which the caller may do what the verb says.</summary>
    public static Task<IReadOnlyList<string>> RequireTypesAsync(ProjectAccess access, string verb, WorkloadAddress address, CancellationToken cancellationToken) =>
        address.Type is null || WorkloadType.All.Contains(address.Type)
            ? access.RequireTypesAsync(verb, address.Type, cancellationToken)
            : throw Query.Refuse("type", "must be train or build");

    /// <summary>The workload with its pods and events, all asked of the cluster, and when.</summary>
    public async Task<(ObservedWorkload Observed, DateTimeOffset At)> ObserveAsync(ProjectAccess access, string verb, WorkloadAddress address, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        return (await ObserveAsync(access.Project, await FindAsync(access, verb, address, cancellationToken), cancellationToken), at);
    }

    /// <summary>
    /// The same for who is about to change it: its object is asked of the cluster, its pods and events only where the project's picture
    /// does not show the workload, or where <paramref name="exact"/> goes by them.
    /// </summary>
    public async Task<(ObservedWorkload Observed, DateTimeOffset At)> ObserveToChangeAsync(ProjectAccess access, string verb, WorkloadAddress address, bool exact, CancellationToken cancellationToken) => exact
        ? await ObserveAsync(access, verb, address, cancellationToken)
        : await ExplainAsync(access.Project, await FindAsync(access, verb, address, cancellationToken), cancellationToken);

    /// <summary>That very workload after a change, its object as the change left it. Where it cannot be read, the problem says that the change was done.</summary>
    public async Task<(ObservedWorkload Observed, DateTimeOffset At)> ObserveChangedAsync(Project project, IKubernetesObject<V1ObjectMeta> changed, CancellationToken cancellationToken)
    {
        try
        {
            live.Saw(project, changed);
            return await ExplainAsync(project, changed, cancellationToken);
        }
        catch (ClusterException e)
        {
            throw Done(e);
        }
    }

    /// <summary>That very workload after it was deleted; null when it is gone. Where that cannot be read, the problem says that the deletion was done.</summary>
    public async Task<(ObservedWorkload? Left, DateTimeOffset At)> FindDeletedAsync(Project project, IKubernetesObject<V1ObjectMeta> owner, CancellationToken cancellationToken)
    {
        try
        {
            var at = time.GetUtcNow();
            if (await workloads.ReadAsync(project, owner, cancellationToken) is { } left)
                return await ObserveChangedAsync(project, left, cancellationToken);
            live.SawGo(project, owner.Metadata.Uid);
            return (null, at);
        }
        catch (ClusterException e)
        {
            throw Done(e);
        }
    }

    // The object with its pods and events, as the project's picture shows those, and since when.
    private async Task<(ObservedWorkload Observed, DateTimeOffset At)> ExplainAsync(Project project, IKubernetesObject<V1ObjectMeta> owner, CancellationToken cancellationToken)
    {
        if (live.Warm(project) is { } picture && !live.IsStale(picture.HeardAt) && picture.Find(owner.Metadata.Uid) is { } pictured)
            return (pictured.Observe(owner), picture.HeardAt);
        var at = time.GetUtcNow();
        return (await ObserveAsync(project, owner, cancellationToken), at);
    }

    // The picture may know what the cluster has forgotten: what is shown must not change with who is asked.
    private async Task<ObservedWorkload> ObserveAsync(Project project, IKubernetesObject<V1ObjectMeta> owner, CancellationToken cancellationToken)
    {
        var observed = await observer.ObserveAsync(project, owner, cancellationToken);
        return live.Warm(project)?.Find(owner.Metadata.Uid)?.WithPast(observed) ?? observed;
    }

    private static ProblemException Done(ClusterException e) => new(e.ToProblem() with { Outcome = Outcome.Done }, e);

    private static async Task<ProblemException> NoneAsync(
        ProjectAccess access, string verb, IEnumerable<IKubernetesObject<V1ObjectMeta>> found, CancellationToken cancellationToken)
    {
        var seen = await access.TypesAsync("get", found.Select(owner => owner.Type()), cancellationToken);
        return seen.Count == 0 ? NotFound(access.Project) : access.Refusal(seen.Select(type => Right.On(verb, type)));
    }

    private static ProblemException NotFound(Project project) =>
        new(ProblemTypes.WorkloadNotFound.With($"The project {project.Name} has no workload of that name and type."));

    private static ProblemException AnotherAttempt(string uid) =>
        new(ProblemTypes.PreconditionFailed.With("The workload of that name is another one than the uid says.") with { Uid = uid });
}
