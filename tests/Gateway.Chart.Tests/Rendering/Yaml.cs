using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Gateway.Chart.Tests.Rendering;

/// <summary>YAML as JSON.</summary>
internal static class Yaml
{
    private static readonly IDeserializer Reader = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
    private static readonly ISerializer Writer = new SerializerBuilder().JsonCompatible().Build();

    /// <summary>Every document that is not empty.</summary>
    public static IEnumerable<JsonNode> Documents(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        parser.Consume<StreamStart>();
        while (parser.Accept<DocumentStart>(out _))
        {
            if (Reader.Deserialize(parser) is { } content)
                yield return JsonNode.Parse(Writer.Serialize(content))!;
        }
    }

    public static JsonObject File(string path) => (JsonObject)Documents(System.IO.File.ReadAllText(path)).Single();
}
