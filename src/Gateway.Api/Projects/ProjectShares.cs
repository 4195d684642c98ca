using System.Threading.RateLimiting;
using Gateway.Api.Cluster;
using Gateway.Api.Errors;

namespace Gateway.Api.Projects;

/// <summary>
/// Lets so many operations work on the cluster at a time, of each project and of all; of one project's a caller has half at most, so that
/// others come in between. Reads have places of their own, and never wait behind what writes. An operation is let in as a whole, with
/// every call that it takes, so that none is given up halfway.
/// </summary>
internal sealed class ProjectShares : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    private readonly PartitionedRateLimiter<Operation> _limiter;

    // First a place among the caller's own, then among the project's: so nobody has more than that in the queues of all.
    public ProjectShares(OperationLimits limits) => _limiter = PartitionedRateLimiter.CreateChained(
        Limiter(operation => operation, Math.Max(1, limits.PerProject / 2), limits.Waiting),
        Limiter(operation => operation with { Caller = "" }, limits.PerProject, int.MaxValue),
        Limiter(operation => new("", "", operation.Reads), limits.Total, int.MaxValue));

    /// <summary>Waits for the turn of an operation that may write. Dispose of it to let the next one through. Ends the request with 429 where too many of the caller wait.</summary>
    public Task<IDisposable> TakeAsync(ProjectAccess access, CancellationToken cancellationToken) =>
        AcquireAsync(new(access.Project.Namespace, access.ShareKey, Reads: false), cancellationToken);

    /// <summary>The same for an operation that only reads.</summary>
    public Task<IDisposable> TakeToReadAsync(ProjectAccess access, CancellationToken cancellationToken) =>
        AcquireAsync(new(access.Project.Namespace, access.ShareKey, Reads: true), cancellationToken);

    public void Dispose() => _limiter.Dispose();

    private async Task<IDisposable> AcquireAsync(Operation operation, CancellationToken cancellationToken)
    {
        var turn = await _limiter.AcquireAsync(operation, cancellationToken: cancellationToken);
        if (turn.IsAcquired)
            return turn;
        turn.Dispose();
        throw new ProblemException(ProblemTypes.TooManyRequests.With("Too many operations of this caller on this project wait for the cluster (Cluster:Operations:Waiting).") with { RetryAfter = Soon });
    }

    private static PartitionedRateLimiter<Operation> Limiter(Func<Operation, Operation> partition, int atOnce, int waiting) =>
        PartitionedRateLimiter.Create<Operation, Operation>(operation =>
            RateLimitPartition.GetConcurrencyLimiter(partition(operation), _ => new() { PermitLimit = atOnce, QueueLimit = waiting }));

    private sealed record Operation(string Namespace, string Caller, bool Reads);
}
