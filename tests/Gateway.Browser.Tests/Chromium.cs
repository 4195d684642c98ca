using Xunit;

namespace Gateway.Browser.Tests;

/// <summary>The browser of this machine; Playwright's own would have to be downloaded.</summary>
internal static class Chromium
{
    private const string Debian = "/usr/bin/chromium";

    /// <summary>Where it is; null where there is none.</summary>
    public static string? Path { get; } = Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } named ? named : File.Exists(Debian) ? Debian : null;
}

/// <summary>A test that needs a browser; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Chromium.Path is null ? "neither CHROMIUM_PATH nor /usr/bin/chromium is here" : null;
}
