using Gateway.Core.Listing;
using Xunit;

namespace Gateway.Core.Tests.Listing;

/// <summary>Selectors as kubectl takes them.</summary>
public sealed class LabelSelectorTests
{
    private static readonly Dictionary<string, string> Labels = new() { ["team"] = "vision", ["example.org/tier"] = "gold", ["empty"] = "" };

    [Theory]
    [InlineData("", true)]
    [InlineData("team", true)]
    [InlineData("!team", false)]
    [InlineData("!other", true)]
    [InlineData("team=vision", true)]
    [InlineData("team==vision", true)]
    [InlineData("team = vision , example.org/tier=gold", true)]
    [InlineData("team=speech", false)]
    [InlineData("team!=speech", true)]
    [InlineData("other!=speech", true)]
    [InlineData("team!=vision", false)]
    [InlineData("team in (speech, vision)", true)]
    [InlineData("team in (speech)", false)]
    [InlineData("team notin (speech)", true)]
    [InlineData("other notin (speech)", true)]
    [InlineData("team notin (vision,speech)", false)]
    [InlineData("empty=", true)]
    [InlineData("team=", false)]
    [InlineData("team in (vision),!other,example.org/tier", true)]
    public void Matches_AsKubectlDoes(string text, bool matches) => Assert.Equal(matches, LabelSelector.Parse(text)!.Matches(Labels));

    [Theory]
    [InlineData("=")]
    [InlineData("a=b=c")]
    [InlineData("a,,b")]
    [InlineData("a,")]
    [InlineData("a in b")]
    [InlineData("a in (b")]
    [InlineData("a b")]
    [InlineData("a>1")]
    [InlineData("!")]
    public void Parse_OfWhatIsNone_IsNull(string text) => Assert.Null(LabelSelector.Parse(text));
}
