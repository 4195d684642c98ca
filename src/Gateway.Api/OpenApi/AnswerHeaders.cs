using Gateway.Core.Workloads;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Gateway.Api.OpenApi;

/// <summary>The headers of every answer, in the document.</summary>
internal static class AnswerHeaders
{
    private static readonly AnswerHeader[] All =
    [
        new("X-Request-ID", "The name of the request, which is in the gateway's log: the caller's own, or one that was made for it.", _ => true),
        new("ETag", "A strong tag of all that the answer shows.", answer => answer.ShowsWorkloads),
        new("Observed-At", "The time at which the cluster was as the answer shows it.", answer => answer.ShowsWorkloads),
        new("Warning", "`110` where the cluster has not been heard of for so long that what the answer shows may have changed.", answer => answer.ShowsWorkloads),
        new("Location", "Where the workload is that was submitted, or that has the name; after 503 or 504, where it will be if it was stored after all.", answer => answer is { Submits: true, Status: 200 or 201 or 409 or 503 or 504 }),
        new("Idempotency-Replayed", "`true` where the key was seen before: nothing new was made.", answer => answer is { Submits: true, Status: 200 }),
        new("Retry-After", "How many seconds to wait before the request is sent again.", answer => answer.Status is 429 or 503 or 504),
        new("WWW-Authenticate", "How to authenticate.", answer => answer.Status is 401),
    ];

    /// <summary>Names the headers of each answer of an operation.</summary>
    public static void AddTo(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        foreach (var (status, response) in operation.Responses ?? [])
        {
            var answer = new Answer(int.Parse(status), operation.OperationId == "submitWorkload", ShowsWorkloads(int.Parse(status), context));
            ((OpenApiResponse)response).Headers = All.Where(header => header.IsOn(answer)).ToDictionary(header => header.Name, IOpenApiHeader (header) => Reference(header, context.Document!));
        }
    }

    private static bool ShowsWorkloads(int status, OpenApiOperationTransformerContext context) => context.Description.SupportedResponseTypes.Any(type =>
        type.StatusCode == status && (status == StatusCodes.Status304NotModified || type.Type == typeof(Workload) || type.Type == typeof(WorkloadPage) || type.Type == typeof(ProjectAnswer)));

    private static OpenApiHeaderReference Reference(AnswerHeader header, OpenApiDocument document)
    {
        if (document.Components?.Headers?.ContainsKey(header.Name) is not true)
            document.AddComponent(header.Name, new OpenApiHeader { Description = header.Text, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        return new OpenApiHeaderReference(header.Name, document);
    }

    private sealed record Answer(int Status, bool Submits, bool ShowsWorkloads);

    private sealed record AnswerHeader(string Name, string Text, Func<Answer, bool> IsOn);
}
