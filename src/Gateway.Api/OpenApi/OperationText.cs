using System.Reflection;
using Gateway.Api.Errors;
using Gateway.Api.Projects;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Gateway.Api.OpenApi;

/// <summary>What a route's declaration says, in the document: its handler's name, its project, its problems, its examples, its headers.</summary>
internal sealed class OperationText : IOpenApiOperationTransformer
{
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var handler = metadata.OfType<MethodInfo>().FirstOrDefault();
        operation.OperationId = handler is null ? null : char.ToLowerInvariant(handler.Name[0]) + handler.Name[1..];
        AddProject(operation, context);
        AddExamples(operation);
        var declared = metadata.OfType<RefusalMetadata>().SelectMany(m => m.Types);
        var types = declared.Union(OfEveryRoute(context.Description.HttpMethod!));
        await AddProblemsAsync(operation, types, context, cancellationToken);
        AnswerHeaders.AddTo(operation, context);
    }

    // What ends a request before it comes to its route.
    private static ProblemType[] OfEveryRoute(string method) => HttpMethods.IsGet(method)
        ? [ProblemTypes.UnknownHost]
        : [ProblemTypes.UnknownHost, ProblemTypes.CrossSiteRequest, ProblemTypes.UnsupportedMediaType];

    private static void AddProject(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        if (context.Description.RelativePath?.Contains($"{{{Project.RouteParameter}}}", StringComparison.Ordinal) is not true)
            return;
        operation.Parameters = [.. (operation.Parameters ?? []).Where(parameter => parameter.Name != Project.RouteParameter)];
        operation.Parameters.Insert(0, new OpenApiParameter
        {
            Name = Project.RouteParameter,
            In = ParameterLocation.Path,
            Required = true,
            Description = "The project's name: the value of its namespace's project label.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            Example = "team-a",
        });
    }

    private static void AddExamples(OpenApiOperation operation)
    {
        if (operation.RequestBody?.Content?.TryGetValue("application/json", out var json) is not true)
            return;
        json.Examples = Examples.Submissions.ToDictionary(
            example => example.Name, IOpenApiExample (example) => new OpenApiExample { Summary = example.Summary, Value = example.Submission });
    }

    private static async Task AddProblemsAsync(
        OpenApiOperation operation, IEnumerable<ProblemType> types, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Responses ??= [];
        var schema = await ProblemSchemaAsync(context, cancellationToken);
        foreach (var status in types.GroupBy(type => type.Status).OrderBy(group => group.Key))
        {
            operation.Responses[$"{status.Key}"] = new OpenApiResponse
            {
                Description = string.Join(" ", status.Select(type => $"`{type.Code}`: {type.Title}")),
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/problem+json"] = new() { Schema = schema },
                },
            };
        }
    }

    private static async Task<IOpenApiSchema> ProblemSchemaAsync(OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        const string Name = nameof(ProblemDocument);
        if (context.Document!.Components?.Schemas?.ContainsKey(Name) is not true)
            context.Document.AddComponent(Name, await context.GetOrCreateSchemaAsync(typeof(ProblemDocument), null, cancellationToken));
        return new OpenApiSchemaReference(Name, context.Document);
    }
}
