using System.Threading.RateLimiting;
using Gateway.Api.Cluster;
using Gateway.Api.Errors;

namespace Gateway.Api.Projects;

/// <summary>
/// Lets so many operations work on the cluster at a time, of each project and of all. An operation is let in as a whole, with every call
/// that it takes, so that none is given up halfway.
/// </summary>
internal sealed class ProjectShares : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    private readonly PartitionedRateLimiter<Project> _limiter;

    // First a place among the project's own: so none has more than its share in the queue of all.
    public ProjectShares(OperationLimits limits) => _limiter = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<Project, string>(project => RateLimitPartition.GetConcurrencyLimiter(project.Namespace, _ => new() { PermitLimit = limits.PerProject, QueueLimit = limits.Waiting })),
        PartitionedRateLimiter.Create<Project, string>(_ => RateLimitPartition.GetConcurrencyLimiter("", _ => new() { PermitLimit = limits.Total, QueueLimit = int.MaxValue })));

    /// <summary>Waits for the operation's turn. Dispose of it to let the next one through. Ends the request with 429 where too many wait.</summary>
    public async Task<IDisposable> TakeAsync(Project project, CancellationToken cancellationToken)
    {
        var turn = await _limiter.AcquireAsync(project, cancellationToken: cancellationToken);
        if (turn.IsAcquired)
            return turn;
        turn.Dispose();
        throw new ProblemException(ProblemTypes.TooManyRequests.With("Too many operations on this project wait for the cluster.") with { RetryAfter = Soon });
    }

    public void Dispose() => _limiter.Dispose();
}
