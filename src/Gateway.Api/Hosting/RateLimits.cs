using System.Globalization;
using System.Threading.RateLimiting;
using Gateway.Api.Errors;
using Gateway.Api.Identity;
using Gateway.Api.Projects;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Hosting;

/// <summary>How many requests each caller and each project may make; beyond that 429.</summary>
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
            limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                PartitionedRateLimiter.Create<HttpContext, string>(context => Partition(CallerOf(context), options.Value.Caller)),
                PartitionedRateLimiter.Create<HttpContext, string>(context => Partition(ProjectOf(context), options.Value.Project)));
            limiter.OnRejected = (context, _) => new(Refusal(context.Lease).ExecuteAsync(context.HttpContext));
        });
        return services;
    }

    // Those who send no credentials are told apart by their address.
    private static string? CallerOf(HttpContext context) => context.Features.Get<Caller>() is not { } caller ? null
        : caller == Caller.Anonymous ? $"{context.Connection.RemoteIpAddress}"
        : caller.Username;

    private static string? ProjectOf(HttpContext context) =>
        context.Features.Get<Caller>() is null ? null : Convert.ToString(context.GetRouteValue(Project.RouteParameter), CultureInfo.InvariantCulture);

    private static RateLimitPartition<string> Partition(string? key, RateLimit limit) => string.IsNullOrEmpty(key) || limit.PerSecond == 0
        ? RateLimitPartition.GetNoLimiter("")
        : RateLimitPartition.GetTokenBucketLimiter(key, _ => new()
        {
            TokenLimit = limit.Burst,
            TokensPerPeriod = limit.PerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        });

    private static Problem Refusal(RateLimitLease lease) => ProblemTypes.TooManyRequests.With("There were too many requests of this caller or to this project.") with
    {
        RetryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1),
    };
}

/// <summary>The limits of requests.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>For each caller.</summary>
    public RateLimit Caller { get; set; } = new() { PerSecond = 200, Burst = 1000 };

    /// <summary>For each project, whoever calls.</summary>
    public RateLimit Project { get; set; } = new() { PerSecond = 500, Burst = 2000 };
}

/// <summary>So many requests a second in the long run, and so many at once after a pause.</summary>
internal sealed class RateLimit
{
    /// <summary>Requests a second; 0 for no limit.</summary>
    public int PerSecond { get; set; }

    /// <summary>Requests at once.</summary>
    public int Burst { get; set; }

    public bool IsPossible => PerSecond == 0 || (PerSecond > 0 && Burst >= PerSecond);
}
