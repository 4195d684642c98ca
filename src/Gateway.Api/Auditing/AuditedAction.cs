using Microsoft.AspNetCore.Diagnostics;

namespace Gateway.Api.Auditing;

/// <summary>What a route changes, as the audit log says it.</summary>
internal sealed record AuditedAction(string Name)
{
    /// <summary>A submission.</summary>
    public const string Submit = "submit";

    /// <summary>A dry run of a submission.</summary>
    public const string Try = "try";

    /// <summary>What the request was to change; null when it was to change nothing.</summary>
    public static AuditedAction? Of(HttpContext context) =>
        // The handler of exceptions takes the endpoint off the context.
        context.Features.Get<AuditedAction>() ?? (context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint())?.Metadata.GetMetadata<AuditedAction>();
}

/// <summary>Declares what is audited.</summary>
internal static class AuditedRoutes
{
    /// <summary>Has one event written for each request to the route, allowed or refused.</summary>
    public static TBuilder Audited<TBuilder>(this TBuilder builder, string action)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AuditedAction(action));
}
