namespace Gateway.Api.Access;

/// <summary>What callers may do.</summary>
internal static class AccessFeature
{
    /// <summary>Registers what asks the cluster for it, and what counts them.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services) => services.AddSingleton<AccessReviews>().AddSingleton<CallerRate>();
}
