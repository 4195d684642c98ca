using Microsoft.AspNetCore.Diagnostics;

namespace Gateway.Api.Auditing;

/// <summary>What a route changes, as the audit log says it.</summary>
internal sealed record AuditedAction(string Name)
{
    /// <summary>Whether what the request asks for is written down one by one; then the request itself is only where it is refused as a whole.</summary>
    public bool ByItem { get; init; }

    /// <summary>A submission.</summary>
    public const string Submit = "submit";

    /// <summary>A dry run of a submission.</summary>
    public const string Try = "try";

    /// <summary>What the request was to change; null when it was to change nothing, or that was written down already.</summary>
    public static AuditedAction? Of(HttpContext context) => Meant(context) is { } action && !(action.ByItem && context.Response.StatusCode < StatusCodes.Status400BadRequest) ? action : null;

    // The handler of exceptions takes the endpoint off the context.
    private static AuditedAction? Meant(HttpContext context) =>
        context.Features.Get<AuditedAction>() ?? (context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint())?.Metadata.GetMetadata<AuditedAction>();
}

/// <summary>Declares what is audited.</summary>
internal static class AuditedRoutes
{
    /// <summary>Has one event written for each request to the route, allowed or refused.</summary>
    public static TBuilder Audited<TBuilder>(this TBuilder builder, string action)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AuditedAction(action));

    /// <summary>Has one event written for a request that is refused as a whole; of another its handler writes one for each of many changes.</summary>
    public static TBuilder AuditedByItem<TBuilder>(this TBuilder builder, string action)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AuditedAction(action) { ByItem = true });
}
