using System.Text.Json;
using Gateway.Core.Workloads;
using Xunit;

namespace Gateway.Core.Tests.Workloads;

public sealed class FingerprintTests
{
    private const string Submission = """{"type": "train", "name": "a", "image": "busybox", "gpu": {"fraction": 0.5}}""";

    [Theory]
    [InlineData("""{"image": "busybox", "gpu": {"fraction": 0.5}, "name": "a", "type": "train"}""")]
    [InlineData("""{"type": "train", "name": "a", "image": "busybox", "gpu": {"fraction": 0.50}}""")]
    [InlineData("""{"type": "train", "name": "a", "image": "busybox", "gpu": {"fraction": 5e-1, "count": null}}""")]
    [InlineData("""{"type": "train", "name": "a", "image": "busybox", "gpu": {"fraction": 0.5}, "user": null, "args": [], "command": null}""")]
    public void Fingerprint_OfTheSameWish_IsTheSame(string spelling) => Assert.Equal(Of(Submission), Of(spelling));

    [Theory]
    [InlineData("""{"type": "build", "name": "a", "image": "busybox", "gpu": {"fraction": 0.5}}""")]
    [InlineData("""{"type": "train", "name": "a", "image": "busybox", "gpu": {"fraction": 0.25}}""")]
    [InlineData("""{"type": "train", "name": "a", "image": "busybox", "gpu": {"fraction": 0.5}, "args": ["x"]}""")]
    [InlineData("""{"type": "train", "name": "a", "image": "busybox", "gpu": {"fraction": 0.5}, "command": ["x"]}""")]
    public void Fingerprint_OfAnotherWish_IsAnother(string other) => Assert.NotEqual(Of(Submission), Of(other));

    // It stands on objects of running clusters: when this changes, so must the version.
    [Fact]
    public void Fingerprint_OfAVersion_NeverChanges() =>
        Assert.Equal("v1:1897efaf4e0d07a05d531dd9d64c32e72b4a08e1cae0b355eac23412c770c67b", Of(Submission));

    [Theory]
    [InlineData("v0:anything", true)]
    [InlineData(null, true)]
    [InlineData("v1:another", false)]
    public void Same_ByVersion_HoldsAcrossUpgrades(string? stored, bool same) => Assert.Equal(same, Fingerprint.Same(stored, Of(Submission)));

    private static string Of(string json) => Fingerprint.Of(JsonSerializer.Deserialize<WorkloadSubmission>(json, WorkloadJson.Options)!);
}
