using Xunit;

namespace Gateway.Api.Tests.Pages;

/// <summary>docs/configuration.md has every setting there is.</summary>
public sealed class ConfigurationPageTests
{
    private const string Beginning = "<!-- Generated from the options classes. -->";
    private const string End = "<!-- Until here. -->";

    private static readonly string Page = Path.Combine(Repository.Root, "docs", "configuration.md");

    // To refresh it: UPDATE_DOCS=1 dotnet test tests/Gateway.Api.Tests --filter ConfigurationPage
    [Fact]
    public async Task Page_OfTheSettings_IsThatOfTheCode()
    {
        var text = await File.ReadAllTextAsync(Page);
        var (before, after) = (text.Split(Beginning)[0], text.Split(End)[1]);
        var current = $"{before}{Beginning}\n\n{SettingsTable.Write()}\n\n{End}{after}";
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") is not null)
            await File.WriteAllTextAsync(Page, current);

        Assert.True(await File.ReadAllTextAsync(Page) == current, "docs/configuration.md has drifted: refresh it and look at the difference.");
    }
}
