using Gateway.Embedded.Access;
using Gateway.Embedded.Access.Reviews;
using Gateway.Embedded.Api.Writing;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Api.Subresources;

/// <summary>What is posted to be answered, not to be kept: reviews and requests for tokens.</summary>
internal sealed class Questions(TokenRequests tokens, ReviewAnswers reviews)
{
    private static readonly ResourceType TokenRequest = new("authentication.k8s.io", "v1", "TokenRequest", "tokenrequests");

    public async Task ReviewAsync(ApiRequest request)
    {
        var review = await Decoding.ReadAsync(request, request.Type!);
        await request.Http.AnswerAsync(201, reviews.Answer(request.Type!, request.Caller, review));
    }

    public async Task TokenAsync(ApiRequest request)
    {
        var asked = await Decoding.ReadAsync(request, TokenRequest);
        await request.Http.AnswerAsync(201, tokens.Create(request.Space!, request.Name!, asked));
    }
}
