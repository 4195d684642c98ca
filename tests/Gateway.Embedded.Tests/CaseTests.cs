using System.Text.Json.Nodes;
using Gateway.Embedded.Api.Writing;

namespace Gateway.Embedded.Tests;

/// <summary>Plays the stories in Cases: each a sequence of requests in a namespace of its own, with what a real Kubernetes 1.36 answers.</summary>
public sealed class CaseTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Cases");

    public static TheoryData<string> Stories => [.. Directory.GetFiles(Folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task Answers_AsKubernetesDoes(string story)
    {
        var steps = JsonNode.Parse(Yaml.ToJson(await File.ReadAllBytesAsync(Path.Combine(Folder, $"{story}.yaml"))))!.AsArray();
        await using var client = await ClusterClient.StartAsync();
        var known = new Dictionary<string, string> { ["ns"] = "story", ["wrong"] = "not-a-token", ["anon"] = "" };
        await client.PostAsync("/api/v1/namespaces", Manifests.Parse("""{"metadata":{"name":"story"}}"""));
        foreach (var (step, index) in steps.Select((step, index) => (step!.AsObject(), index)))
        {
            var answer = await CaseStep.SendAsync(client, step, known);
            Assert.True(CaseStep.Differences(step, answer, known).ToArray() is [], $"step {index}: {step["request"]}\n{string.Join('\n', CaseStep.Differences(step, answer, known))}");
            foreach (var (name, path) in step["save"]?.AsObject() ?? []) known[name] = answer.At(path!.ToString()[1..])!;
        }
    }
}
