using System.Text;
using System.Text.Json;
using Gateway.Embedded.Objects;

namespace Gateway.Embedded.Api;

/// <summary>Parses documents and words what is wrong with them as the API server does.</summary>
internal static class GoJson
{
    /// <summary>Reads an object; anything else is refused.</summary>
    public static JsonDocument Parse(byte[] body, string kind)
    {
        try
        {
            var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw Unrecognized(kind, $"json: cannot unmarshal {document.RootElement.ValueKind.ToString().ToLowerInvariant()} into Go value of type {TypeMeta}", body);
        }
        catch (JsonException e)
        {
            throw Unrecognized(kind, Describe(e, body), body);
        }
    }

    private const string TypeMeta = """struct { APIVersion string "json:\"apiVersion,omitempty\""; Kind string "json:\"kind,omitempty\"" }""";

    public static string Describe(JsonException error, byte[] body)
    {
        var position = Offset(error, body);
        if (position >= body.Length || error.Message.Contains("end of", StringComparison.Ordinal) || error.Message.Contains("does not contain any", StringComparison.Ordinal)) return "unexpected end of JSON input";
        var place = error.Message switch
        {
            var text when text.Contains("property name", StringComparison.Ordinal) || text.Contains("start of a property", StringComparison.Ordinal) => "looking for beginning of object key string",
            var text when text.Contains("after a value", StringComparison.Ordinal) => "after object key:value pair",
            var text when text.Contains("after a property", StringComparison.Ordinal) => "after object key",
            _ => "looking for beginning of value",
        };
        return $"invalid character '{(char)body[position]}' {place}";
    }

    private static Refusal Unrecognized(string kind, string problem, byte[] body) =>
        Refusal.BadRequest($"the object provided is unrecognized (must be of type {kind}): couldn't get version/kind; json parse error: {problem} ({Excerpt(body)})");

    /// <summary>What looks like JSON is quoted, anything else is shown as hexadecimal digits.</summary>
    private static string Excerpt(byte[] body)
    {
        if (body.Length == 0) return "<empty>";
        const int most = 1024;
        var start = body.AsSpan(0, Math.Min(body.Length, most));
        var text = body[0] == '{' ? Encoding.UTF8.GetString(start) : Convert.ToHexStringLower(start);
        return body.Length > most ? text + "..." : text;
    }

    private static int Offset(JsonException error, byte[] body)
    {
        var (line, at) = (error.LineNumber ?? 0, 0);
        for (; line > 0 && at < body.Length; at++)
            if (body[at] == '\n') line--;
        return at + (int)(error.BytePositionInLine ?? 0);
    }
}
