using Gateway.Api.Auditing;
using Gateway.Api.Errors;
using Gateway.Api.Live;
using Gateway.Api.Live.Pictures;
using Gateway.Api.Projects;
using Gateway.Core.Listing;
using Gateway.Core.Manifests;

namespace Gateway.Api.Workloads.Batches;

/// <summary>Deletes many workloads, each as it would be deleted by itself.</summary>
internal sealed class BatchDeletions(Deletions deletions, WorkloadFinder finder, LivePictures live, ProblemHandler problems, Audit audit)
{
    private const int AtOnce = 8;

    /// <summary>
    /// The workloads that a filter means, each with its uid, as the cluster has them at this moment. Ends the request with 409 where they
    /// are not as many as the caller expects: a filter that is wrong must never empty a project.
    /// </summary>
    public async Task<IReadOnlyList<WorkloadAddress>> FindAsync(ProjectAccess access, BatchDeleteRequest batch, bool dryRun, CancellationToken cancellationToken)
    {
        var filter = batch.Filter!;
        if ((filter.Type ?? filter.User ?? filter.Search ?? filter.LabelSelector) is null && filter.Phase is not { Count: > 0 })
            throw Query.Refuse("filter", "must have at least one criterion");
        if (batch.Expected is null && !dryRun)
            throw Query.Refuse("expected", "must say how many workloads the filter matches: a dry run tells");
        var criteria = new WorkloadListParameters { Type = filter.Type, Phase = filter.Phase is null ? null : [.. filter.Phase], User = filter.User, Search = filter.Search, LabelSelector = filter.LabelSelector };
        var query = criteria.ToQuery(access.Project);
        var types = await access.RequireTypesAsync("list", filter.Type, cancellationToken);
        var picture = await live.LookAsync(access.Project, cancellationToken);
        var found = picture.Workloads
            .Where(one => types.Contains(one.Type) && (batch.IncludeForeign == true || IsOwn(one)) && query.Matches(one))
            .OrderBy(one => one.Name, StringComparer.Ordinal)
            .Select(one => new WorkloadAddress { Name = one.Name, Type = one.Type, Uid = one.Uid })
            .ToList();
        if (batch.Expected is { } expected && expected != found.Count)
            throw new ProblemException(ProblemTypes.Conflict.With($"The filter matches {found.Count} workloads, not {expected}: nothing was deleted."));
        return found.Count <= BatchHandlers.Most ? found : throw Query.Refuse("filter", $"matches {found.Count} workloads: {BatchHandlers.Most} can be deleted at once");
    }

    /// <summary>Deletes them: what became of each, in order.</summary>
    public async Task<IReadOnlyList<BatchDeleteResult>> DeleteAsync(ProjectAccess access, IReadOnlyList<WorkloadAddress> meant, bool dryRun, HttpContext context)
    {
        var results = new BatchDeleteResult[meant.Count];
        var limits = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = context.RequestAborted };
        await Parallel.ForAsync(0, meant.Count, limits, async (i, cancellationToken) =>
        {
            results[i] = await OneAsync(access, meant[i], dryRun, context, cancellationToken);
            if (!dryRun)
                Record(access, results[i], context);
        });
        return results;
    }

    private async Task<BatchDeleteResult> OneAsync(ProjectAccess access, WorkloadAddress address, bool dryRun, HttpContext context, CancellationToken cancellationToken)
    {
        try
        {
            if (dryRun)
                return new() { Name = address.Name, Status = StatusCodes.Status200OK, Uid = (await finder.FindAsync(access, "delete", address, cancellationToken)).Metadata.Uid };
            var deleted = await deletions.DeleteAsync(access, address, force: false, request: null, cancellationToken);
            return new() { Name = address.Name, Status = StatusCodes.Status202Accepted, Uid = deleted.Seen.Uid };
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            var problem = problems.ToProblem(context, e);
            return new() { Name = address.Name, Status = problem.Type.Status, Uid = problem.Uid, Problem = problem.Document(context) };
        }
    }

    private void Record(ProjectAccess access, BatchDeleteResult result, HttpContext context) =>
        audit.Record(context, new("delete", result.Name) { Project = access.Project.Name, Status = result.Status, Code = result.Problem?.Code ?? AuditedItem.Done, Uid = result.Uid });

    private static bool IsOwn(PicturedWorkload workload) => workload.Labels.GetValueOrDefault(OwnKeys.ManagedBy) == OwnKeys.ManagedByGateway;
}
