using System.Text.Json.Nodes;

namespace Gateway.Api.OpenApi;

/// <summary>A ready submission, as somebody would write it.</summary>
internal sealed record Example(string Name, string Summary, string Text)
{
    /// <summary>The submission.</summary>
    public JsonNode Submission => JsonNode.Parse(Text)!;
}

/// <summary>What "Try it out" offers, and the documentation shows: the files of the folder Examples.</summary>
internal static class Examples
{
    /// <summary>The smallest three, then what real users ask for.</summary>
    public static IReadOnlyList<Example> Submissions { get; } =
    [
        Read("train", "A train with one GPU"),
        Read("build", "A build with one GPU"),
        Read("fraction", "A train with half a GPU"),
        Read("jupyter", "A lab's Jupyter with a quarter of a GPU, reached on port 8888 and with a home that stays"),
        Read("array", "A data set in eight shards, four at a time, each of which may fail twice"),
        Read("gpu-memory", "A notebook with 16 GiB of a GPU's memory"),
        Read("nccl", "A test of NCCL on eight GPUs, with twelve settings from one ConfigMap"),
        Read("claims", "A training run with four claims that are there, as a user of its own"),
    ];

    private static Example Read(string name, string summary)
    {
        using var text = new StreamReader(typeof(Examples).Assembly.GetManifestResourceStream($"Examples/{name}.json")!);
        return new(name, summary, text.ReadToEnd());
    }
}
