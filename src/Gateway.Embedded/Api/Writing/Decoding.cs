using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Embedded.Kinds;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Schema;
using Gateway.Embedded.Store;
using Encoding = System.Text.Encoding;

namespace Gateway.Embedded.Api.Writing;

/// <summary>Turns what a caller sent into an object of the kind that is asked for.</summary>
internal static class Decoding
{
    private const string Scheme = "in scheme \"pkg/api/legacyscheme/scheme.go:30\"";

    /// <summary>Reads the object in a body; unknown fields are refused, remarked on or passed over, as the caller wishes.</summary>
    public static async Task<JsonObject> ReadAsync(ApiRequest request, ResourceType type)
    {
        using var document = await Body.ReadDocumentAsync(request, type.Kind);
        CheckKind(type, document.RootElement);
        var decoder = new Decoder();
        try
        {
            var content = Decode(decoder, type, document.RootElement);
            Remark(request, decoder, strict => Refusal.BadRequest($"{type.Kind} in version \"{type.Version}\" cannot be handled as a {type.Kind}: strict decoding error: {strict}"));
            return content;
        }
        catch (DecodeException e)
        {
            throw Refusal.BadRequest($"{type.Kind} in version \"{type.Version}\" cannot be handled as a {type.Kind}: {e.Message}");
        }
    }

    /// <summary>Reads what a patch made of an object.</summary>
    public static JsonObject Patched(ApiRequest request, ResourceType type, JsonObject patched, byte[] patch)
    {
        using var document = JsonDocument.Parse(patched.ToUtf8());
        var decoder = new Decoder();
        try
        {
            var content = Decode(decoder, type, document.RootElement);
            Remark(request, decoder, strict => NotAPatch(Encoding.UTF8.GetString(patch), $"strict decoding error: {strict}"));
            return content;
        }
        catch (DecodeException e)
        {
            throw NotAPatch(Encoding.UTF8.GetString(patched.ToUtf8()), e.Message);
        }
    }

    private static JsonObject Decode(Decoder decoder, ResourceType type, JsonElement element)
    {
        if (TypeSchema.Find(type.Kind) is { } schema && !type.Custom) return decoder.Object(schema, element);
        var content = decoder.Free(element)!.AsObject();
        if (element.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object)
            content["metadata"] = decoder.Object(TypeSchema.Find("ObjectMeta")!, metadata, "metadata");
        return content;
    }

    private static void CheckKind(ResourceType type, JsonElement body)
    {
        var (kind, version) = (Text(body, "kind") is { Length: > 0 } k ? k : type.Kind, Text(body, "apiVersion") is { Length: > 0 } v ? v : type.ApiVersion);
        if (kind == type.Kind && version == type.ApiVersion) return;
        if (ResourceTypes.Table.Any(other => other.Kind == kind && other.ApiVersion == version))
            throw Refusal.BadRequest(version == type.ApiVersion
                ? $"the kind in the data ({kind}) does not match the expected kind ({type.Kind})"
                : $"the API version in the data ({version}) does not match the expected API version ({type.ApiVersion})");
        throw Refusal.BadRequest($"{kind} in version \"{version[(version.IndexOf('/') + 1)..]}\" cannot be handled as a {type.Kind}: no kind \"{kind}\" is registered for version \"{version}\" {Scheme}");
    }

    private static void Remark(ApiRequest request, Decoder decoder, Func<string, Refusal> refuse)
    {
        if (decoder.Remarks.Count == 0) return;
        var validation = request.Option("fieldValidation") ?? "Warn";
        if (validation == "Strict") throw refuse(string.Join(", ", decoder.Remarks));
        if (validation == "Ignore") return;
        foreach (var remark in decoder.Remarks) request.Http.Warn(remark);
    }

    private static Refusal NotAPatch(string patch, string problem) =>
        FieldErrors.Because("", "", "", errors => errors.Invalid("patch", patch, problem));

    private static string? Text(JsonElement body, string key) => body.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
