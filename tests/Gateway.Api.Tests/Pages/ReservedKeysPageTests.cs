using Gateway.Core.Workloads;
using Xunit;

namespace Gateway.Api.Tests.Pages;

/// <summary>docs/reserved-keys.md has the tables that the gateway goes by.</summary>
public sealed class ReservedKeysPageTests
{
    private const string End = "<!-- Until here. -->";

    private static readonly string Page = Path.Combine(Repository.Root, "docs", "reserved-keys.md");

    // To refresh it: UPDATE_DOCS=1 dotnet test tests/Gateway.Api.Tests --filter ReservedKeysPage
    [Fact]
    public async Task Page_OfReservedKeys_IsThatOfTheCode()
    {
        var text = await File.ReadAllTextAsync(Page);
        var current = With(text, nameof(ReservedKeys.Always), ReservedKeys.Always);
        current = With(current, nameof(ReservedKeys.Runtime), ReservedKeys.Runtime);
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") is not null)
        {
            await File.WriteAllTextAsync(Page, current);
        }

        text = await File.ReadAllTextAsync(Page);
        Assert.True(text == current, "docs/reserved-keys.md has drifted: refresh it and look at the difference.");
    }

    private static string With(string text, string list, IReadOnlyList<ReservedKey> keys)
    {
        var beginning = $"<!-- Generated from ReservedKeys.{list}. -->";
        var (before, rest) = (text.Split(beginning)[0], text.Split(beginning)[1]);
        var after = rest[rest.IndexOf(End, StringComparison.Ordinal)..];
        return $"{before}{beginning}\n\n{Table(keys)}\n\n{after}";
    }

    private static string Table(IReadOnlyList<ReservedKey> keys) =>
        string.Join('\n', ["| Key | On | Read by | Why |", "|---|---|---|---|", .. Rows(keys)]);

    // Keys of the same reader and reason stand in one row.
    private static IEnumerable<string> Rows(IReadOnlyList<ReservedKey> keys) =>
        from key in keys
        group $"`{key.Key.Text}`" by (key.On, key.ReadBy, key.Why) into row
        select $"| {string.Join(", ", row)} | {Place(row.Key.On)} | {row.Key.ReadBy} | {row.Key.Why} |";

    private static string Place(KeyPlaces on) => on == KeyPlaces.Both ? "both" : on.ToString().ToLowerInvariant();
}
