using System.Text.Json.Nodes;

namespace Gateway.Chart.Tests.Rendering;

/// <summary>The objects of a rendered chart.</summary>
internal sealed record RenderedChart(IReadOnlyList<RenderedObject> Objects)
{
    public static RenderedChart Read(string yaml) =>
        new([.. Yaml.Documents(yaml).OfType<JsonObject>().Select(content => new RenderedObject(content))]);

    public IEnumerable<RenderedObject> Of(string kind) => Objects.Where(item => item.Kind == kind);

    public RenderedObject One(string kind) => Of(kind).Single();
}

/// <summary>One object of a rendered chart.</summary>
internal sealed record RenderedObject(JsonObject Content)
{
    public string ApiVersion => (string)Content["apiVersion"]!;

    public string Kind => (string)Content["kind"]!;

    public string Name => (string)Content["metadata"]!["name"]!;

    public string? Namespace => (string?)Content["metadata"]!["namespace"];

    public string Title => $"{Kind} {Namespace}/{Name}";

    public string? Annotation(string key) => (string?)Content["metadata"]!["annotations"]?[key];

    public string? Label(string key) => (string?)Content["metadata"]!["labels"]?[key];

    /// <summary>The pod's spec, of a Deployment or a Pod.</summary>
    public JsonNode PodSpec => Content["spec"]!["template"]?["spec"] ?? Content["spec"]!;
}
