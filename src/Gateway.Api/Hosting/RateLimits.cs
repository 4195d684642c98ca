using System.Threading.RateLimiting;
using Gateway.Api.Access;
using Gateway.Api.Errors;
using Gateway.Api.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Hosting;

/// <summary>How many requests each caller may make, and how many batches at a time; beyond that 429. What each project takes is ProjectAccess's to count.</summary>
internal static class RateLimits
{
    private const string TooManyBatches = "As many batches of this caller are at work as one may have (RateLimits:Batches).";

    /// <summary>Registers the limits.</summary>
    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        services.AddOptions<RateLimitOptions>().BindConfiguration(RateLimitOptions.Section)
            .Validate(options => options.Caller.IsPossible && options.Project.IsPossible, "RateLimits: PerSecond must be 0 (no limit) or more, and Burst at least PerSecond.")
            .Validate(options => options.Batches >= 0, "RateLimits:Batches must be 0 (no limit) or more.")
            .ValidateOnStart();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<CallerRate, IOptions<RateLimitOptions>>((limiter, callers, options) =>
        {
            limiter.GlobalLimiter = callers.Limiter;
            // Before the body is read: what is not taken is not to be parsed.
            limiter.AddPolicy(RateLimit.BatchPolicy, context => Batches(context, options.Value.Batches));
            limiter.OnRejected = (context, _) => new(Refusal(context.Lease).ExecuteAsync(context.HttpContext));
        });
        return services;
    }

    private static RateLimitPartition<string> Batches(HttpContext context, int atOnce) => CallerKey.Of(context) is { } caller && atOnce > 0
        ? RateLimitPartition.GetConcurrencyLimiter(caller, _ => new() { PermitLimit = atOnce })
        : RateLimitPartition.GetNoLimiter("");

    // Only a rate says when there will be room.
    private static Problem Refusal(RateLimitLease lease) =>
        RateLimit.Refusal(lease, lease.TryGetMetadata(MetadataName.RetryAfter, out _) ? RateLimit.OfCaller : TooManyBatches);
}
