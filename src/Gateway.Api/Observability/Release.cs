using System.Reflection;

namespace Gateway.Api.Observability;

/// <summary>Which release of the gateway this is.</summary>
internal static class Release
{
    /// <summary>The version that the release was built with, such as `0.2.0` or `0.2.0-rc.1`, without the commit that builds append.</summary>
    public static string Version { get; } =
        typeof(Release).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
