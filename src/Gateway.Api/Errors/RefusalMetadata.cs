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

    /// <summary>Refuses query parameters that the route does not know, or knows once and got twice: a misspelt `dryRun` must not submit.</summary>
    public static RouteGroupBuilder RefuseUnknownQuery(this RouteGroupBuilder group) => group.AddEndpointFilter((context, next) =>
    {
        if (context.HttpContext.Request.Query.Count == 0)
            return next(context);
        var known = context.HttpContext.GetEndpoint()!.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
            .Where(parameter => parameter.ParameterInfo.GetCustomAttributes(inherit: true).OfType<IFromQueryMetadata>().Any())
            .ToDictionary(parameter => parameter.Name, parameter => parameter.ParameterInfo.ParameterType.IsArray, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in context.HttpContext.Request.Query)
        {
            if (!known.TryGetValue(name, out var repeatable))
                throw Query.Refuse(name.Length == 0 ? "?" : name, "is not a parameter of this address");
            if (values.Count > 1 && !repeatable)
                throw Query.Refuse(name, "is given more than once");
        }
        return next(context);
    });
}
