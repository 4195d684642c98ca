using System.Text.Json;
using Gateway.Core.Workloads;
using Xunit;

namespace Gateway.Core.Tests.Workloads;

public sealed class SubmissionDefaultsTests
{
    [Theory]
    [InlineData("""{}""", """{"user": "jane", "args": ["a"]}""", """{"user": "jane", "args": ["a"]}""")]
    [InlineData("""{"user": "joe", "args": ["b"]}""", """{"user": "jane", "args": ["a"]}""", """{"user": "joe", "args": ["b"]}""")]
    [InlineData("""{"user": null, "args": []}""", """{"user": "jane", "args": ["a"]}""", """{"user": "jane", "args": ["a"]}""")]
    [InlineData("""{"gpu": {"count": 2}}""", """{"gpu": {"fraction": 0.5}}""", """{"gpu": {"count": 2}}""")]
    [InlineData("""{"gpu": {"count": 0}}""", """{"gpu": {"count": 1}}""", """{"gpu": {"count": 0}}""")]
    [InlineData("""{"scheduling": {"nodePool": "a"}}""", """{"scheduling": {"nodePool": "b", "nodeType": "dgx"}}""", """{"scheduling": {"nodePool": "a", "nodeType": "dgx"}}""")]
    [InlineData("""{"scheduling": {"preemptible": false}}""", """{"scheduling": {"preemptible": true}}""", """{"scheduling": {"preemptible": false}}""")]
    [InlineData("""{"scheduling": {"nodeSelector": {"a": "b"}}}""", """{"scheduling": {"nodeSelector": {"c": "d"}}}""", """{"scheduling": {"nodeSelector": {"a": "b"}}}""")]
    [InlineData("""{"scheduling": {"tolerations": [{"key": "a"}]}}""", """{"scheduling": {"tolerations": [{"key": "b"}]}}""", """{"scheduling": {"tolerations": [{"key": "a"}]}}""")]
    public void Submission_WithDefaults_KeepsWhatItSaysAndTakesTheRest(string asked, string defaults, string filled) =>
        Assert.Equal(Text(Read(filled)), Text(Read(asked).Or(Read(defaults))));

    [Fact]
    public void Submission_WithoutDefaults_IsItself()
    {
        var asked = Read("""{"user": "jane"}""");

        Assert.Same(asked, asked.Or(null));
    }

    private static WorkloadSubmission Read(string json) => JsonSerializer.Deserialize<WorkloadSubmission>(json, WorkloadJson.Options)!;

    private static string Text(WorkloadSubmission submission) => JsonSerializer.Serialize(submission, WorkloadJson.Options);
}
