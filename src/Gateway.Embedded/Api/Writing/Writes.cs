using System.Text.Json.Nodes;
using Gateway.Embedded.Kinds;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Api.Writing;

/// <summary>Create, update and patch.</summary>
internal sealed class Writes(ClusterObjects objects)
{
    public async Task CreateAsync(ApiRequest request)
    {
        var content = await Body.ReadObjectAsync(request);
        var dryRun = IsDryRun(request, "CreateOptions");
        CheckNamespace(request, content);
        await request.Http.AnswerAsync(201, objects.Create(request.Type!, request.Space, content, dryRun));
    }

    public async Task UpdateAsync(ApiRequest request)
    {
        var content = await Body.ReadObjectAsync(request);
        await request.Http.AnswerAsync(200, Write(request, _ => content.DeepClone().AsObject(), "UpdateOptions"));
    }

    public async Task PatchAsync(ApiRequest request)
    {
        var patch = await Body.ReadObjectAsync(request);
        await request.Http.AnswerAsync(200, Write(request, current => MergePatch.Apply(current, patch)!.AsObject(), "PatchOptions"));
    }

    private StoredObject Write(ApiRequest request, Func<JsonObject, JsonObject> change, string options)
    {
        var dryRun = IsDryRun(request, options);
        return request.Subresource == "status"
            ? objects.UpdateStatus(request.Type!, request.Space, request.Name!, change, dryRun)
            : objects.Update(request.Type!, request.Space, request.Name!, change, dryRun);
    }

    private static void CheckNamespace(ApiRequest request, JsonObject content)
    {
        if (content.Metadata().Text("namespace") is { Length: > 0 } given && given != request.Space)
            throw Refusal.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
    }

    public static bool IsDryRun(ApiRequest request, string options)
    {
        if (!request.Query.TryGetValue("dryRun", out var values) || values.All(string.IsNullOrEmpty)) return false;
        if (values.All(value => value == "All")) return true;
        var sent = new JsonArray([.. values.Select(value => (JsonNode?)value)]);
        FieldErrors.Check("meta.k8s.io", options, "", errors => errors.NotSupported("dryRun", sent, "All"));
        return true;
    }
}
