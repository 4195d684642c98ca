using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Gateway.Embedded.Api.Writing;

/// <summary>YAML as the JSON it stands for.</summary>
internal static class Yaml
{
    public static byte[] ToJson(byte[] body)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(Encoding.UTF8.GetString(body)));
            return stream.Documents.Count == 0 ? [] : Node(stream.Documents[0].RootNode)?.ToUtf8() ?? "null"u8.ToArray();
        }
        catch (YamlException e)
        {
            throw Refusal.BadRequest($"error converting YAML to JSON: yaml: line {e.Start.Line}: {e.Message}");
        }
    }

    private static JsonNode? Node(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(entry => KeyValuePair.Create(entry.Key.ToString(), Node(entry.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Node)]),
        YamlScalarNode { Style: ScalarStyle.Plain } plain => Plain(plain.Value ?? ""),
        YamlScalarNode quoted => JsonValue.Create(quoted.Value),
        _ => null,
    };

    private static JsonValue? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        _ when char.IsAsciiDigit(text[^1]) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };
}
