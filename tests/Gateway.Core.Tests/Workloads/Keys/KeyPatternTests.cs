using Gateway.Core.Workloads;
using Xunit;

namespace Gateway.Core.Tests.Workloads.Keys;

/// <summary>Which keys a pattern means.</summary>
public sealed class KeyPatternTests
{
    [Theory]
    [InlineData("mps", "mps", true)]
    [InlineData("mps", "MPS", true)]
    [InlineData("mps", "mps-a", false)]
    [InlineData("mps", "a/mps", false)]
    [InlineData("gpu-*", "gpu-fraction", true)]
    [InlineData("gpu-*", "GPU-", true)]
    [InlineData("gpu-*", "gpu", false)]
    [InlineData("gpu-*", "example.org/gpu-fraction", false)]
    [InlineData("a.io/b*", "a.io/bc", true)]
    [InlineData("istio.io/", "istio.io/rev", true)]
    [InlineData("istio.io/", "sidecar.istio.io/inject", true)]
    [InlineData("istio.io/", "sidecar.istio.io", true)]
    [InlineData("istio.io/", "notistio.io/inject", false)]
    [InlineData("istio.io/", "istio.io.example.org/inject", false)]
    [InlineData("istio.io/", "example.org/istio.io", false)]
    [InlineData("istio.io/", "io/rev", false)]
    [InlineData("app=kai-*", "app=kai-a", true)]
    [InlineData("app=kai-*", "app=Kai-", true)]
    [InlineData("app=kai-*", "app=kai", false)]
    [InlineData("app=kai", "app=kai-a", false)]
    [InlineData("app=kai", "app", false)]
    [InlineData("app", "app=kai", true)]
    public void Pattern_OfKeys_CoversTheseAndNoOthers(string pattern, string entry, bool covers)
    {
        var (key, value) = entry.Split('=') is [var name, var given] ? (name, given) : (entry, "");

        Assert.Equal(covers, new KeyPattern(pattern).Covers(key, value));
    }

    [Theory]
    [InlineData("istio.io/", "sidecar.istio.io/inject=false", true)]
    [InlineData("sidecar.istio.io/", "istio.io/", true)]
    [InlineData("io.kubernetes.*", "io.kubernetes.cri-o.Devices", true)]
    [InlineData("*", "bundle", true)]
    [InlineData("istio.io/", "istoi.io/", false)]
    [InlineData("bundle", "bundl", false)]
    public void Patterns_WithAKeyInCommon_Overlap(string one, string other, bool overlap)
    {
        Assert.Equal(overlap, new KeyPattern(one).Overlaps(new(other)));
        Assert.Equal(overlap, new KeyPattern(other).Overlaps(new(one)));
    }

    [Theory]
    [InlineData("mps")]
    [InlineData("gpu-*")]
    [InlineData("a.io/*")]
    [InlineData("*")]
    [InlineData("istio.io/")]
    [InlineData("app=kai-*")]
    public void Accepts_PatternsOfKeys(string text) => Assert.True(KeyPattern.IsOne(text));

    [Theory]
    [InlineData("")]
    [InlineData("=a")]
    [InlineData("a=")]
    [InlineData("a b")]
    [InlineData("a/b/")]
    [InlineData("a/b/c")]
    [InlineData("/")]
    [InlineData("*a")]
    [InlineData("a**")]
    [InlineData("Ａ")]
    public void Rejects_WhatIsNoPatternOfKeys(string text) => Assert.False(KeyPattern.IsOne(text));
}
