using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Schema;
using Microsoft.Net.Http.Headers;

namespace Gateway.Embedded.Api.Writing;

/// <summary>Reads what a request carries.</summary>
internal static class Body
{
    public static async Task<byte[]> ReadAsync(ApiRequest request)
    {
        using var buffer = new MemoryStream();
        await request.Http.Request.Body.CopyToAsync(buffer, request.Http.RequestAborted);
        return buffer.ToArray();
    }

    /// <summary>Reads one document, JSON or YAML.</summary>
    public static async Task<JsonDocument> ReadDocumentAsync(ApiRequest request, string kind)
    {
        var bytes = await ReadAsync(request);
        var json = MediaType(request) switch
        {
            "" or "application/json" => bytes,
            "application/yaml" => Yaml.ToJson(bytes),
            Protobuf.MediaType when Protobuf.TryToJson(bytes) is { } converted => converted,
            _ => throw new Refusal(415, "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf"),
        };
        return GoJson.Parse(json, kind);
    }

    public static async Task<JsonObject> ReadJsonAsync(ApiRequest request, string kind) => ParseJson(await ReadAsync(request), kind);

    /// <summary>Reads one object as it comes.</summary>
    public static JsonObject ParseJson(byte[] body, string kind)
    {
        using var document = GoJson.Parse(body, kind);
        return new Decoder().Free(document.RootElement)!.AsObject();
    }

    public static string MediaType(ApiRequest request) =>
        MediaTypeHeaderValue.TryParse(request.Http.Request.ContentType, out var type) ? type.MediaType.ToString().ToLowerInvariant() : "";
}
