using System.Threading.RateLimiting;
using Gateway.Api.Errors;

namespace Gateway.Api.Access;

/// <summary>The limits of requests.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>For each caller.</summary>
    public RateLimit Caller { get; set; } = new() { PerSecond = 200, Burst = 1000 };

    /// <summary>For each project: all who may read it together.</summary>
    public RateLimit Project { get; set; } = new() { PerSecond = 500, Burst = 2000 };
}

/// <summary>So many requests a second in the long run, and so many at once after a pause.</summary>
internal sealed class RateLimit
{
    /// <summary>Requests a second; 0 for no limit.</summary>
    public int PerSecond { get; set; }

    /// <summary>Requests at once.</summary>
    public int Burst { get; set; }

    /// <summary>The partition of a limiter in which a key is counted; one without limit when there is no key.</summary>
    public RateLimitPartition<string> Partition(string? key) => string.IsNullOrEmpty(key) || PerSecond == 0
        ? RateLimitPartition.GetNoLimiter("")
        : RateLimitPartition.GetTokenBucketLimiter(key, _ => new() { TokenLimit = Burst, TokensPerPeriod = PerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1) });

    /// <summary>429, for a lease that was not given.</summary>
    public static Problem Refusal(RateLimitLease lease) => ProblemTypes.TooManyRequests.With("There were too many requests of this caller or to this project.") with
    {
        RetryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1),
    };

    public bool IsPossible => PerSecond == 0 || (PerSecond > 0 && Burst >= PerSecond);
}
