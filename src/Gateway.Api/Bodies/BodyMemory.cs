using System.Threading.RateLimiting;
using Gateway.Api.Errors;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Bodies;

/// <summary>
/// Shares out the memory that bodies, and the work on them, take together. What arrives and what is worked on is counted apart, so that slow
/// senders keep nobody from working; and so are small pieces and large ones, so that small submissions do not wait for large ones.
/// </summary>
internal sealed class BodyMemory(IOptions<BodyOptions> options, TimeProvider time) : IDisposable
{
    private const int MiB = 1 << 20;
    private const int SmallPiece = 64 * 1024;
    private const int SmallWork = 2 * MiB;

    // A caller's part of it holds the largest batch.
    private const int Arriving = 32 * MiB;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly int _mostWork = LaneOf(options.Value.Memory * MiB, isLarge: true) / 2;
    private readonly PartitionedRateLimiter<Part> _arriving = Share(Arriving, waiting: 0);
    private readonly PartitionedRateLimiter<Part> _working = Share(options.Value.Memory * MiB, waiting: int.MaxValue);

    /// <summary>Sets bytes aside for a piece of a body that arrives. Ends the request with 429 where too much arrives at once.</summary>
    public IDisposable Reserve(string caller, int bytes) => Given(_arriving.AttemptAcquire(new(caller, bytes > SmallPiece), bytes));

    /// <summary>Waits for its turn to do work that takes so many bytes. Ends the request with 429 where that takes too long.</summary>
    public async Task<IDisposable> TakeAsync(string caller, int bytes, CancellationToken cancellationToken)
    {
        bytes = Math.Min(bytes, _mostWork);
        var part = new Part(caller, bytes > SmallWork);
        if (_working.AttemptAcquire(part, bytes) is { IsAcquired: true } lease)
            return lease;
        using var patience = new CancellationTokenSource(Patience, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return Given(await _working.AcquireAsync(part, bytes, end.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw TooMany();
        }
    }

    public void Dispose()
    {
        _arriving.Dispose();
        _working.Dispose();
    }

    // First a place among the caller's own: so none has more than his share in the queue of all.
    private static PartitionedRateLimiter<Part> Share(int bytes, int waiting) => PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<Part, Part>(part => RateLimitPartition.GetConcurrencyLimiter(part, _ => new() { PermitLimit = LaneOf(bytes, part.IsLarge) / 2, QueueLimit = waiting })),
        PartitionedRateLimiter.Create<Part, bool>(part => RateLimitPartition.GetConcurrencyLimiter(part.IsLarge, _ => new() { PermitLimit = LaneOf(bytes, part.IsLarge), QueueLimit = waiting })));

    private static int LaneOf(int bytes, bool isLarge) => isLarge ? bytes / 4 * 3 : bytes / 4;

    private static RateLimitLease Given(RateLimitLease lease)
    {
        if (lease.IsAcquired)
            return lease;
        lease.Dispose();
        throw TooMany();
    }

    private static ProblemException TooMany() =>
        new(ProblemTypes.TooManyRequests.With("Too many large bodies are sent at once.") with { RetryAfter = Patience });

    private sealed record Part(string Caller, bool IsLarge);
}
