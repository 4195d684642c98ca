using System.Text.Json.Nodes;
using Gateway.Embedded.Api.Patching;
using Gateway.Embedded.Kinds;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Api.Writing;

/// <summary>Create, update and patch.</summary>
internal sealed class Writes(ClusterObjects objects)
{
    public async Task CreateAsync(ApiRequest request)
    {
        var dryRun = IsDryRun(request, "CreateOptions");
        var content = await Decoding.ReadAsync(request, request.Type!);
        CheckNamespace(request, content);
        await request.Http.AnswerAsync(201, objects.Create(request.Type!, request.Space, content, dryRun));
    }

    public async Task UpdateAsync(ApiRequest request)
    {
        var dryRun = IsDryRun(request, "UpdateOptions");
        var content = await Decoding.ReadAsync(request, request.Type!);
        CheckNamespace(request, content);
        CheckName(request, content);
        await request.Http.AnswerAsync(200, Write(request, _ => content.DeepClone().AsObject(), dryRun));
    }

    public async Task PatchAsync(ApiRequest request)
    {
        var dryRun = IsDryRun(request, "PatchOptions");
        var body = await Body.ReadAsync(request);
        var patch = Patch.Read(request.Type!, Body.MediaType(request), body);
        await request.Http.AnswerAsync(200, Write(request, current => Decoding.Patched(request, request.Type!, patch(current), body), dryRun));
    }

    private StoredObject Write(ApiRequest request, Func<JsonObject, JsonObject> change, bool dryRun) => request.Subresource == "status"
        ? objects.UpdateStatus(request.Type!, request.Space, request.Name!, change, dryRun)
        : objects.Update(request.Type!, request.Space, request.Name!, change, dryRun);

    private static void CheckNamespace(ApiRequest request, JsonObject content)
    {
        if (content.Metadata().Text("namespace") is { Length: > 0 } given && given != request.Space && request.Type!.Namespaced)
            throw Refusal.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
    }

    private static void CheckName(ApiRequest request, JsonObject content)
    {
        var given = content.Metadata().Text("name");
        if (string.IsNullOrEmpty(given)) throw Refusal.BadRequest("name must be provided");
        if (given != request.Name) throw Refusal.BadRequest($"the name of the object ({given}) does not match the name on the URL ({request.Name})");
    }

    /// <summary>Whether the write is only rehearsed.</summary>
    public static bool IsDryRun(ApiRequest request, string options) => IsDryRun([.. request.Query["dryRun"]], options);

    public static bool IsDryRun(string?[] values, string options)
    {
        if (values.All(string.IsNullOrEmpty)) return false;
        if (values.All(value => value == "All")) return true;
        var sent = new JsonArray([.. values.Select(value => (JsonNode?)value)]);
        throw FieldErrors.Because("meta.k8s.io", options, "", errors => errors.NotSupported("dryRun", sent, "All"));
    }
}
