using Gateway.Embedded.Access;
using Gateway.Embedded.Access.Reviews;
using Gateway.Embedded.Api.Reading;
using Gateway.Embedded.Api.Subresources;
using Gateway.Embedded.Api.Writing;
using Gateway.Embedded.Kubelet;
using Gateway.Embedded.Objects;

namespace Gateway.Embedded.Api;

/// <summary>Who answers what.</summary>
internal sealed class Routes(ClusterObjects objects, TokenRequests tokens, ReviewAnswers reviews, NodeAgent agent, CancellationToken stopping)
{
    private readonly Reads reads = new(objects);
    private readonly Watches watches = new(objects.Store, objects.Time, stopping);
    private readonly Writes writes = new(objects);
    private readonly Deletes deletes = new(objects);
    private readonly Scales scales = new(objects);
    private readonly PodActions pods = new(objects);
    private readonly PodLogs logs = new(objects, agent, stopping);
    private readonly Questions questions = new(tokens, reviews);

    /// <summary>What answers a request, or null where its method is not allowed.</summary>
    public Func<ApiRequest, Task>? Find(ApiRequest request) => (request.Subresource, request.Verb) switch
    {
        (null, "create") when !request.Type!.Stored => questions.ReviewAsync,
        (null, "create") when request.Name is null && (request.Type!.Namespaced == request.Space is not null) => writes.CreateAsync,
        (null, "get") or ("status", "get") => reads.GetAsync,
        (null, "list") => reads.ListAsync,
        (null, "watch") => watches.WatchAsync,
        (null or "status" or "finalize", "update") when request.Name is not null => writes.UpdateAsync,
        (null or "status", "patch") when request.Name is not null => writes.PatchAsync,
        (null, "delete") => deletes.DeleteAsync,
        ("scale", "get") => scales.GetAsync,
        ("scale", "update") => scales.UpdateAsync,
        ("scale", "patch") => scales.PatchAsync,
        ("log", "get") => logs.ReadAsync,
        ("token", "create") => questions.TokenAsync,
        ("binding", "create") => pods.BindAsync,
        ("eviction", "create") => pods.EvictAsync,
        _ => null,
    };
}
