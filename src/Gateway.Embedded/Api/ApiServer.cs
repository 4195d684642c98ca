using Gateway.Embedded.Access;
using Gateway.Embedded.Api.Reading;
using Gateway.Embedded.Api.Writing;
using Gateway.Embedded.Objects;

namespace Gateway.Embedded.Api;

/// <summary>Answers one request: who asks, may they, what do they want.</summary>
internal sealed class ApiServer(ClusterObjects objects, Authentication authentication, TimeProvider time, CancellationToken stopping)
{
    private readonly Reads reads = new(objects);
    private readonly Watches watches = new(objects.Store, time, stopping);
    private readonly Writes writes = new(objects);
    private readonly Deletes deletes = new(objects);

    public async Task HandleAsync(HttpContext http)
    {
        try
        {
            await AnswerAsync(ApiRequest.From(http));
        }
        catch (Refusal refusal)
        {
            await http.RefuseAsync(refusal);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await http.RefuseAsync(Refusal.TooLarge());
        }
    }

    private Task AnswerAsync(ApiRequest request)
    {
        authentication.Identify(request.Http);
        if (request.Type is null) return Plain.AnswerAsync(request);
        if (!request.Type.Verbs.Contains(request.Verb)) throw Refusal.MethodNotAllowed();
        return request.Verb switch
        {
            "get" => reads.GetAsync(request),
            "list" => reads.ListAsync(request),
            "watch" => watches.WatchAsync(request),
            "create" => writes.CreateAsync(request),
            "update" => writes.UpdateAsync(request),
            "patch" => writes.PatchAsync(request),
            "delete" => deletes.DeleteAsync(request),
            _ => throw Refusal.MethodNotAllowed(),
        };
    }
}
