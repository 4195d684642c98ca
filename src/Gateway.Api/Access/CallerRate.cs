using System.Threading.RateLimiting;
using Gateway.Api.Errors;
using Gateway.Api.Identity;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Access;

/// <summary>How many requests each caller may make. Every request is counted before anything else is done for it.</summary>
internal sealed class CallerRate(IOptions<RateLimitOptions> options) : IDisposable
{
    /// <summary>Counts requests by their callers.</summary>
    public PartitionedRateLimiter<HttpContext> Limiter { get; } =
        PartitionedRateLimiter.Create<HttpContext, string>(context => options.Value.Caller.Partition(CallerKey.Of(context)));

    /// <summary>Counts a request as so many more. Ends it with 429 when they are too many; then none of them counts.</summary>
    public void Require(HttpContext context, int requests)
    {
        using var lease = Limiter.AttemptAcquire(context, requests);
        if (!lease.IsAcquired)
            throw new ProblemException(RateLimit.Refusal(lease, RateLimit.OfCaller));
    }

    public void Dispose() => Limiter.Dispose();
}
