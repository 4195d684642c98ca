using System.Text.Json.Nodes;
using Gateway.Embedded.Api.Patching;
using Gateway.Embedded.Api.Writing;
using Gateway.Embedded.Kinds;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Api.Subresources;

/// <summary>A StatefulSet's replicas as an object of their own.</summary>
internal sealed class Scales(ClusterObjects objects)
{
    private static readonly ResourceType Scale = new("autoscaling", "v1", "Scale", "scales");

    public Task GetAsync(ApiRequest request)
    {
        var found = objects.Get(request.Type!, request.Space, request.Name!);
        return request.Http.AnswerAsync(200, Of(found.ToJson()));
    }

    public async Task UpdateAsync(ApiRequest request)
    {
        var dryRun = Writes.IsDryRun(request, "UpdateOptions");
        var wanted = await Decoding.ReadAsync(request, Scale);
        await WriteAsync(request, _ => wanted, dryRun);
    }

    public async Task PatchAsync(ApiRequest request)
    {
        var dryRun = Writes.IsDryRun(request, "PatchOptions");
        var body = await Body.ReadAsync(request);
        var patch = Patch.Read(Scale, Body.MediaType(request), body);
        await WriteAsync(request, scale => Decoding.Patched(request, Scale, patch(scale), body), dryRun);
    }

    private async Task WriteAsync(ApiRequest request, Func<JsonObject, JsonObject> change, bool dryRun)
    {
        var written = objects.Update(request.Type!, request.Space, request.Name!, current =>
        {
            var wanted = change(Of(current));
            var replicas = wanted.Child("spec").Number("replicas") ?? 0;
            FieldErrors.Check("autoscaling", "Scale", request.Name!, errors => errors.NotNegative("spec.replicas", replicas));
            if (wanted.Metadata().Text("resourceVersion") is { Length: > 0 } version) current.Metadata()["resourceVersion"] = version;
            current.Child("spec")["replicas"] = replicas;
            return current;
        }, dryRun);
        await request.Http.AnswerAsync(200, Of(written.ToJson()));
    }

    private static JsonObject Of(JsonObject owner)
    {
        var (metadata, spec) = (new JsonObject(), owner.Child("spec"));
        foreach (var key in new[] { "name", "namespace", "uid", "resourceVersion", "creationTimestamp" })
            metadata[key] = owner.Metadata()[key]?.DeepClone();
        var wanted = new JsonObject();
        if (spec.Number("replicas") is { } replicas and > 0) wanted["replicas"] = replicas;
        var status = new JsonObject { ["replicas"] = owner.Child("status").Number("replicas") ?? 0, ["selector"] = Selector(spec.Child("selector")) };
        return new JsonObject { ["kind"] = Scale.Kind, ["apiVersion"] = Scale.ApiVersion, ["metadata"] = metadata, ["spec"] = wanted, ["status"] = status };
    }

    private static string Selector(JsonObject selector) =>
        string.Join(',', selector.Child("matchLabels").OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"));
}
