namespace Gateway.Api.Access;

/// <summary>What a route does to workloads: whoever may do so to neither type is refused before the body is read.</summary>
internal sealed record RequiredVerb(string Verb);

/// <summary>Declares what routes do.</summary>
internal static class RequiredVerbs
{
    /// <summary>Lets nobody send a body to the route without this verb on one type of workload at least.</summary>
    public static TBuilder Requires<TBuilder>(this TBuilder builder, string verb)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RequiredVerb(verb));
}
