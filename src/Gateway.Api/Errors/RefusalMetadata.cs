using Microsoft.AspNetCore.Http.Metadata;

namespace Gateway.Api.Errors;

/// <summary>The problems that a route answers with, for the API document.</summary>
internal sealed record RefusalMetadata(IReadOnlyList<ProblemType> Types);

/// <summary>Declares the problems of routes.</summary>
internal static class Refusals
{
    /// <summary>Says which problems the routes answer with, besides those said before.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder builder, params ProblemType[] types)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RefusalMetadata(types));

    /// <summary>Refuses query parameters that the route does not know: a misspelt `dryRun` must not submit.</summary>
    public static RouteGroupBuilder RefuseUnknownQuery(this RouteGroupBuilder group) => group.AddEndpointFilter((context, next) =>
    {
        var known = context.HttpContext.GetEndpoint()!.Metadata.GetOrderedMetadata<IParameterBindingMetadata>().Select(parameter => parameter.Name);
        var unknown = context.HttpContext.Request.Query.Keys.Except(known, StringComparer.OrdinalIgnoreCase).FirstOrDefault();
        return unknown is null ? next(context) : throw Query.Refuse(unknown, "is not a parameter of this address");
    });
}
