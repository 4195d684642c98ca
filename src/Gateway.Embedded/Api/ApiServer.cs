using Gateway.Embedded.Access;
using Gateway.Embedded.Api.Discovery;
using Gateway.Embedded.Objects;

namespace Gateway.Embedded.Api;

/// <summary>Answers one request: who asks, may they, what do they want.</summary>
internal sealed class ApiServer(Authentication authentication, ServiceAccountTokens tokens, Authorizer authorizer, Routes routes, Action<ClusterAccess>? accessLog)
{
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
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; there is nobody to answer.
        }
        catch (Exception e) when (e is not IOException)
        {
            await http.RefuseAsync(Refusal.Internal(e));
        }
    }

    private Task AnswerAsync(ApiRequest asked)
    {
        var request = asked with { Caller = authentication.Identify(asked.Http) };
        var wish = request.ToWish();
        accessLog?.Invoke(new(request.Caller.Name, request.Http.Request.Method, request.Http.Request.Path + request.Http.Request.QueryString) { Verb = wish.Verb, Group = wish.Group, Resource = wish.FullResource });
        authorizer.Require(request.Caller, wish);
        if (request.Type is null) return Plain.AnswerAsync(request, tokens.PublicKeys);
        Negotiation.Check(request.Http);
        return routes.Find(request)?.Invoke(request) ?? throw Refusal.MethodNotAllowed();
    }
}
