using System.Threading.RateLimiting;
using Gateway.Api.Access;
using Gateway.Api.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Hosting;

/// <summary>How many requests each caller may make; beyond that 429. What each project takes is ProjectAccess's to count.</summary>
internal static class RateLimits
{
    /// <summary>Registers the limits.</summary>
    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        services.AddOptions<RateLimitOptions>().BindConfiguration(RateLimitOptions.Section)
            .Validate(options => options.Caller.IsPossible && options.Project.IsPossible, "RateLimits: PerSecond must be 0 (no limit) or more, and Burst at least PerSecond.")
            .ValidateOnStart();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<RateLimitOptions>>((limiter, options) =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => options.Value.Caller.Partition(Caller.KeyOf(context)));
            limiter.OnRejected = (context, _) => new(RateLimit.Refusal(context.Lease).ExecuteAsync(context.HttpContext));
        });
        return services;
    }
}
