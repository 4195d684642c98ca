using System.Threading.RateLimiting;
using Gateway.Api.Errors;

namespace Gateway.Api.Access;

/// <summary>The limits of requests.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>For each caller. A batch counts as as many requests as it has items.</summary>
    public RateLimit Caller { get; set; } = new() { PerSecond = 200, Burst = 1000 };

    /// <summary>For each project: all who may read it together, of which a tenth is each caller's own.</summary>
    public RateLimit Project { get; set; } = new() { PerSecond = 500, Burst = 2000 };

    /// <summary>How many batches of one caller may be at work at a time. 0 for no limit.</summary>
    public int Batches { get; set; } = 4;
}

/// <summary>So many requests a second in the long run, and so many at once after a pause.</summary>
internal sealed class RateLimit
{
    /// <summary>The policy of routes that take batches.</summary>
    public const string BatchPolicy = "batches";

    /// <summary>What a caller is told who makes too many.</summary>
    public const string OfCaller = "There are too many requests of this caller (RateLimits:Caller).";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>Requests a second; 0 for no limit.</summary>
    public int PerSecond { get; set; }

    /// <summary>Requests at once.</summary>
    public int Burst { get; set; }

    /// <summary>As many requests at once as can ever be let through.</summary>
    public int Largest => PerSecond == 0 ? int.MaxValue : Burst;

    public bool IsPossible => PerSecond == 0 || (PerSecond > 0 && Burst >= PerSecond);

    /// <summary>One of so many equal parts of it.</summary>
    public RateLimit Share(int parts) => PerSecond == 0 ? new() : new() { PerSecond = Math.Max(1, PerSecond / parts), Burst = Math.Max(1, Burst / parts) };

    /// <summary>The partition of a limiter in which a key is counted; one without limit when there is no key.</summary>
    public RateLimitPartition<string> Partition(string? key) => string.IsNullOrEmpty(key) || PerSecond == 0
        ? RateLimitPartition.GetNoLimiter("")
        : RateLimitPartition.GetTokenBucketLimiter(key, _ => new() { TokenLimit = Burst, TokensPerPeriod = PerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1) });

    /// <summary>429, for a lease that was not given.</summary>
    public static Problem Refusal(RateLimitLease lease, string detail) => ProblemTypes.TooManyRequests.With(detail) with
    {
        RetryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Soon,
    };
}
