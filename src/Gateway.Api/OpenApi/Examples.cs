using System.Text.Json.Nodes;

namespace Gateway.Api.OpenApi;

/// <summary>A ready submission of each kind.</summary>
internal sealed record Example(string Name, string Summary, JsonNode Submission);

/// <summary>What "Try it out" offers.</summary>
internal static class Examples
{
    /// <summary>The smallest three.</summary>
    public static IReadOnlyList<Example> Submissions { get; } =
    [
        Read("train", "A train with one GPU", """{"type": "train", "name": "resnet-50", "image": "gcr.io/run-ai-demo/quickstart", "user": "jane", "gpu": {"count": 1}}"""),
        Read("build", "A build with one GPU", """{"type": "build", "name": "notebook-1", "image": "gcr.io/run-ai-demo/quickstart", "user": "jane", "gpu": {"count": 1}}"""),
        Read("fraction", "A train with half a GPU", """{"type": "train", "name": "small-1", "image": "gcr.io/run-ai-demo/quickstart", "user": "jane", "gpu": {"fraction": 0.5}}"""),
    ];

    private static Example Read(string name, string summary, string json) => new(name, summary, JsonNode.Parse(json)!);
}
