using Gateway.Core.Listing;
using Xunit;

namespace Gateway.Core.Tests.Listing;

/// <summary>Pages of a list that changes meanwhile.</summary>
public sealed class PagingTests
{
    [Theory]
    [InlineData("createdAt")]
    [InlineData("-createdAt")]
    [InlineData("name")]
    [InlineData("-name")]
    public void Pages_WhileOthersComeAndGo_HaveEachThatStandsOnce(string sort)
    {
        var random = new Random(1);
        var standing = Enumerable.Range(0, 10_000).Select(i => Listed.At($"stands-{i:00000}", random)).ToList();
        var passing = new List<Listed>();
        List<string> seen = [];
        string? next = null;
        do
        {
            // About as many come and go as fit on a page, a thousand in all.
            passing.RemoveAll(_ => random.Next(2) == 0);
            passing.AddRange(Enumerable.Range(0, 10).Select(i => Listed.At($"passes-{random.Next()}", random)));
            var page = standing.Concat(passing).OrderBy(_ => random.Next()).Page(new() { Sort = sort, Limit = 100 }, next)!;
            seen.AddRange(page.Items.Select(one => one.Name).Where(name => name.StartsWith("stands-", StringComparison.Ordinal)));
            next = page.Continue;
        }
        while (next is not null);

        Assert.Equal(10_000, seen.Count);
        Assert.Equal(10_000, seen.Distinct().Count());
    }

    [Fact]
    public void Page_WithATokenOfAnotherList_IsNone()
    {
        List<Listed> all = [Listed.At("a", new(1)), Listed.At("b", new(2))];
        var token = all.Page(new() { Sort = "name", Limit = 1 }, after: null)!.Continue;

        Assert.NotNull(all.Page(new() { Sort = "name", Limit = 2 }, token));
        Assert.Null(all.Page(new() { Sort = "-name", Limit = 1 }, token));
        Assert.Null(all.Page(new() { Sort = "name", Search = "a", Limit = 1 }, token));
        Assert.Null(all.Page(new() { Sort = "name", Limit = 1 }, "made-up"));
    }

    private sealed record Listed(string Name, DateTime? CreatedAt) : IListed
    {
        public string Type => "train";

        public string Phase => "Running";

        public string? User => null;

        public IReadOnlyDictionary<string, string> Labels { get; } = new Dictionary<string, string>();

        // Few moments for many, so that the order within one matters.
        public static Listed At(string name, Random random) => new(name, new DateTime(2026, 1, 1, 0, 0, random.Next(60), DateTimeKind.Utc));
    }
}
