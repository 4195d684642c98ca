using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Embedded.Objects;

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

    public static async Task<JsonObject> ReadObjectAsync(ApiRequest request)
    {
        try
        {
            return JsonNode.Parse(await ReadAsync(request))!.AsObject();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Refusal.BadRequest($"the object provided is unrecognized (must be of type {request.Type!.Kind}): couldn't get version/kind; json parse error: {e.Message}");
        }
    }
}
