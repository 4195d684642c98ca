using Gateway.Core.Manifests;
using Xunit;

namespace Gateway.Core.Tests.Manifests;

public sealed class UserLabelTests
{
    [Theory]
    [InlineData("jane", "jane")]
    [InlineData("jane.doe_1-x", "jane.doe_1-x")]
    [InlineData("jane@example.org", "jane-example.org")]
    [InlineData("_jane_", "jane")]
    [InlineData("(jane)", "jane")]
    [InlineData("J💡e", "J-e")]
    [InlineData("a\u0000b\nc", "a-b-c")]
    [InlineData("李雷", null)]
    [InlineData("...", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void User_OfAnyText_BecomesALegalLabelValueOrNone(string? user, string? label) => Assert.Equal(label, UserLabel.Of(user));

    [Fact]
    public void User_LongerThanALabelValue_IsCutAndTrimmed() =>
        Assert.Equal(new string('a', 62), UserLabel.Of(new string('a', 62) + "-b"));
}
