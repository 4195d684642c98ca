using Gateway.Api.Cluster.Watching;
using Gateway.Api.Live.Watching;

namespace Gateway.Api.Live;

/// <summary>Live pictures of projects.</summary>
internal static class LiveFeature
{
    /// <summary>Registers what keeps pictures; a limit that cannot work stops the start.</summary>
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddOptions<LiveOptions>().BindConfiguration(LiveOptions.Section)
            .Validate(options => options.Projects >= 0, "Live:Projects must not be negative.")
            .Validate(options => options.IdleAfter >= TimeSpan.FromSeconds(1), "Live:IdleAfter must be at least 00:00:01.")
            .Validate(options => options.StaleAfter > TimeSpan.Zero, "Live:StaleAfter must be more than 0.")
            .Validate(options => options.SilenceLimit >= TimeSpan.FromSeconds(1), "Live:SilenceLimit must be at least 00:00:01.")
            .Validate(options => options.WatchLifetime >= TimeSpan.FromSeconds(1), "Live:WatchLifetime must be at least 00:00:01.")
            .ValidateOnStart();
        return services.AddSingleton<ProjectWatches>().AddSingleton<LivePictures>();
    }
}
