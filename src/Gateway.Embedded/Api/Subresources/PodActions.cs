using System.Text.Json.Nodes;
using Gateway.Embedded.Api.Writing;
using Gateway.Embedded.Objects;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Api.Subresources;

/// <summary>What is done to a pod beside changing it: giving it a node, and asking it to leave.</summary>
internal sealed class PodActions(ClusterObjects objects)
{
    public async Task BindAsync(ApiRequest request)
    {
        var binding = await Body.ReadJsonAsync(request, "Binding");
        objects.Get(request.Type!, request.Space, request.Name!);
        objects.Store.Update(request.Type!, request.Space, request.Name!, pod =>
        {
            if (pod.Child("spec").Text("nodeName") is { Length: > 0 } node) throw Assigned(request, node);
            pod.Child("spec")["nodeName"] = binding.Child("target").Text("name");
            return pod;
        });
        await SucceedAsync(request);
    }

    public async Task EvictAsync(ApiRequest request)
    {
        var eviction = await Body.ReadJsonAsync(request, "Eviction");
        var options = eviction["deleteOptions"] as JsonObject;
        Disruption.Announce(objects, request.Space, request.Name!, "EvictionByEvictionAPI", "Eviction API: evicting");
        objects.Delete(request.Type!, request.Space, request.Name!, DeleteOptions.Background with { GracePeriodSeconds = options?.Number("gracePeriodSeconds") });
        await SucceedAsync(request);
    }

    private static Refusal Assigned(ApiRequest request, string node) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on pods/binding \"{request.Name}\": pod {request.Name} is already assigned to node \"{node}\"", Refusal.Details(request.Name, "", "pods/binding"));

    private static Task SucceedAsync(ApiRequest request) =>
        request.Http.AnswerAsync(201, new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success", ["code"] = 201 });
}
