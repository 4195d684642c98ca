using Gateway.Embedded.Schema;

namespace Gateway.Embedded.Tests;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("1", "1")]
    [InlineData("0.5", "500m")]
    [InlineData("1000m", "1")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("1024Ki", "1Mi")]
    [InlineData("0.5Ki", "512")]
    [InlineData("1e3", "1e3")]
    [InlineData("1500", "1500")]
    [InlineData("2000", "2k")]
    [InlineData("-1", "-1")]
    [InlineData("0.0000000001", "1n")]
    [InlineData("0Gi", "0")]
    [InlineData("100M", "100M")]
    public void Accepts_AnAmount_InItsCanonicalForm(string text, string canonical) => Assert.Equal(canonical, Quantity.Parse(text).ToString());

    [Theory]
    [InlineData("two")]
    [InlineData("1Gx")]
    [InlineData("")]
    [InlineData("1 Gi")]
    [InlineData("1GG")]
    [InlineData("1e999999999")]
    [InlineData(".")]
    public void Rejects_WhatIsNoAmount(string text) => Assert.Throws<DecodeException>(() => Quantity.Parse(text));
}
