using Gateway.Api.Auditing;
using Gateway.Api.Bodies;
using Gateway.Api.Errors;
using Gateway.Api.Observability;
using Gateway.Api.Projects;
using Gateway.Core.Status;
using Gateway.Core.Workloads;

namespace Gateway.Api.Workloads.Batches;

/// <summary>Takes many submissions, each as it would be taken by itself.</summary>
internal sealed class BatchSubmissions(Submissions submissions, ProblemHandler problems, Audit audit, GatewayMetrics metrics)
{
    // A batch has to leave room for others.
    private const int AtOnce = 8;

    // What the problems of all items may have together.
    private const int MostErrors = 1 << 20;

    /// <summary>Tries every item without storing anything: what is wrong, by the item's index.</summary>
    public async Task<IReadOnlyDictionary<int, Problem>> TryAsync(ProjectAccess access, IReadOnlyList<BatchItem> items, HttpContext context)
    {
        var twice = items.Where(item => item.Name is not null).GroupBy(item => item.Name).SelectMany(named => named.Skip(1)).ToHashSet();
        var wrong = await RunAsync(items.GroupBy(item => $"{item.Index}"), context, async item =>
        {
            if (twice.Contains(item))
                throw new ProblemException(ProblemTypes.NameTaken.With($"Another item has the name {item.Name}."));
            var submission = await PrepareAsync(access, item, context);
            await submissions.TryAsync(access, submission, item.Key, context.RequestAborted);
            return (Problem?)null;
        }, (_, problem) => problem);
        return wrong.Select((problem, index) => (problem, index)).Where(one => one.problem is not null).ToDictionary(one => one.index, one => one.problem!);
    }

    /// <summary>Takes every item: what became of each, in order.</summary>
    public async Task<IReadOnlyList<BatchResult>> SubmitAsync(ProjectAccess access, IReadOnlyList<BatchItem> items, HttpContext context) =>
        await RunAsync(items.GroupBy(item => item.Group), context, async item =>
        {
            var submission = await PrepareAsync(access, item, context);
            var (observed, replayed) = await submissions.SubmitAsync(access, submission, item.Key, context.RequestAborted);
            var result = new BatchResult
            {
                Index = item.Index,
                Status = replayed ? StatusCodes.Status200OK : StatusCodes.Status201Created,
                Workload = observed.ToWorkload(access.Project.Name, context.Request.PathBase),
            };
            Record(access, item, context, result, replayed ? "replayed" : "created");
            return result;
        }, (item, problem) =>
        {
            var result = new BatchResult { Index = item.Index, Status = problem.Type.Status, Problem = problem.Document(context) };
            Record(access, item, context, result, problem.Type.Code);
            return result;
        });

    private Task<WorkloadSubmission> PrepareAsync(ProjectAccess access, BatchItem item, HttpContext context) =>
        submissions.PrepareAsync(access, item.Read(), item.Key, context.RequestAborted);

    private async Task<T[]> RunAsync<T>(IEnumerable<IGrouping<string, BatchItem>> groups, HttpContext context, Func<BatchItem, Task<T>> take, Func<BatchItem, Problem, T> refuse)
    {
        var inTurn = groups.ToList();
        var results = new T[inTurn.Sum(group => group.Count())];
        var limits = new ParallelOptions { MaxDegreeOfParallelism = DegreeOf(inTurn), CancellationToken = context.RequestAborted };
        await Parallel.ForEachAsync(inTurn, limits, async (group, _) =>
        {
            foreach (var item in group)
                results[item.Index] = await OneAsync(item);
        });
        return results;

        async Task<T> OneAsync(BatchItem item)
        {
            try
            {
                return await take(item);
            }
            catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
            {
                return refuse(item, problems.ToProblem(context, e).Within(MostErrors / results.Length));
            }
        }
    }

    // All that are worked on take no more together than one large submission does.
    private static int DegreeOf(IEnumerable<IEnumerable<BatchItem>> groups) =>
        Math.Clamp(BodyCost.MostWork / Math.Max(1, groups.SelectMany(group => group).Max(item => item.Cost)), 1, AtOnce);

    private void Record(ProjectAccess access, BatchItem item, HttpContext context, BatchResult result, string outcome)
    {
        var type = item.Type;
        metrics.Submitted(access.Project.Name, WorkloadType.All.Contains(type) ? type : null, outcome);
        audit.Record(context, new(AuditedAction.Submit, result.Workload?.Name ?? item.Name)
        {
            Project = access.Project.Name,
            Status = result.Status,
            Code = result.Problem?.Code ?? AuditedItem.Done,
            Uid = result.Workload?.Uid ?? result.Problem?.Uid,
            Key = item.Key,
        });
    }
}
