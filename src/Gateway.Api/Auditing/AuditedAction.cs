namespace Gateway.Api.Auditing;

/// <summary>What a route changes, as the audit log says it.</summary>
internal sealed record AuditedAction(string Name);

/// <summary>Declares what is audited.</summary>
internal static class AuditedRoutes
{
    /// <summary>Has one event written for each request to the route, allowed or refused.</summary>
    public static TBuilder Audited<TBuilder>(this TBuilder builder, string action)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AuditedAction(action));
}
