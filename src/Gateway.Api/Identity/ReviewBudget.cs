using System.Threading.RateLimiting;
using Gateway.Api.Errors;
using Gateway.Api.Observability;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Identity;

/// <summary>
/// How often the cluster is asked about tokens that turn out to be nobody's; a good token costs nothing. Each origin has
/// a share of its own. Those for which nothing speaks have half of all that there is, so that they leave something to
/// those that claim a name.
/// </summary>
internal sealed class ReviewBudget : IDisposable
{
    private const int Origins = 10_000;
    private const int AtOnceOfOrigin = 4;
    private const int WaitingOfOrigin = 200;

    // Of those that are trusted alike: none waits for reviews of less trusted ones.
    private const int AtOnce = 8;

    // A share that nobody asked for so long is whole again.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<TokenOrigin> _places = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<TokenOrigin, string>(
            origin => Places(origin.Name, AtOnceOfOrigin, WaitingOfOrigin)),
        PartitionedRateLimiter.Create<TokenOrigin, TokenTrust>(origin => Places(origin.Trust, AtOnce, int.MaxValue)));

    private readonly Lock _gate = new();
    private readonly RecentAnswers<string, FailureShare> _byOrigin;
    private readonly FailureShare _strangers;
    private readonly FailureShare _all;
    private readonly int _perSecond;
    private readonly GatewayMetrics _metrics;
    private readonly TimeProvider _time;

    public ReviewBudget(IOptions<AuthenticationOptions> options, GatewayMetrics metrics, TimeProvider time)
    {
        (_metrics, _time, _perSecond) = (metrics, time, options.Value.FailedReviewsPerSecond);
        _byOrigin = new(Origins, time);
        _strangers = new(_perSecond / 2, time);
        _all = new(_perSecond, time);
    }

    /// <summary>Whom a review names. Ends the request with 429 where a share of the token's is spent.</summary>
    public async Task<Caller?> SpendAsync(TokenOrigin origin, Func<Task<Caller?>> review)
    {
        using var place = await _places.AcquireAsync(origin);
        if (!place.IsAcquired)
            throw Refusal(TimeSpan.FromSeconds(1));
        var shares = SharesOf(origin);
        if (shares.Max(share => share.Wait()) is { Ticks: > 0 } wait)
            throw Refusal(wait);
        var caller = await review();
        foreach (var share in caller is null ? shares : [])
            share.Spend();
        return caller;
    }

    public void Dispose() => _places.Dispose();

    private static RateLimitPartition<T> Places<T>(T key, int atOnce, int waiting) =>
        RateLimitPartition.GetConcurrencyLimiter(key, _ => new() { PermitLimit = atOnce, QueueLimit = waiting });

    // There are as many tokens for which something speaks as the cluster made.
    private FailureShare[] SharesOf(TokenOrigin origin) => origin.Trust switch
    {
        TokenTrust.Proven => [ShareOf(origin)],
        TokenTrust.Claimed => [ShareOf(origin), _all],
        _ => [ShareOf(origin), _strangers, _all],
    };

    private FailureShare ShareOf(TokenOrigin origin)
    {
        lock (_gate)
        {
            if (!_byOrigin.TryGet(origin.Name, out var share))
                share = new(_perSecond / 4, _time);
            _byOrigin.Set(origin.Name, share, Kept);
            return share;
        }
    }

    private ProblemException Refusal(TimeSpan wait)
    {
        _metrics.Denied("throttled");
        var because = "Too many tokens that came the same way were not good, so that this one is not looked at now.";
        return new(ProblemTypes.TooManyRequests.With(because) with { RetryAfter = wait });
    }

    /// <summary>
    /// So many failures a second. Those under way when it is spent count all the same, and the next waits longer.
    /// </summary>
    private sealed class FailureShare(int perSecond, TimeProvider time)
    {
        private readonly Lock _gate = new();
        private double _spent;
        private DateTimeOffset _at = time.GetUtcNow();

        /// <summary>How long to wait until one more may fail.</summary>
        public TimeSpan Wait()
        {
            lock (_gate)
                return TimeSpan.FromSeconds(Math.Max(0, (Spent() + 1 - perSecond) / perSecond));
        }

        public void Spend()
        {
            lock (_gate)
                (_spent, _at) = (Spent() + 1, time.GetUtcNow());
        }

        private double Spent() => Math.Max(0, _spent - ((time.GetUtcNow() - _at).TotalSeconds * perSecond));
    }
}
