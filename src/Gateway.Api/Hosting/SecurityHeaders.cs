using Gateway.Api.Cluster;
using Gateway.Api.Identity;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Hosting;

/// <summary>What every answer tells browsers and caches: https://cheatsheetseries.owasp.org/cheatsheets/REST_Security_Cheat_Sheet.html#security-headers</summary>
internal static class SecurityHeaders
{
    private const string NothingAtAll = "default-src 'none'; frame-ancestors 'none'";

    /// <summary>Sets them as late as possible: the handler of exceptions clears what was set before.</summary>
    public static void UseSecurityHeaders(this WebApplication app, ClusterMode mode)
    {
        var issuers = app.Services.GetRequiredService<IOptions<AuthenticationOptions>>().Value.Oidc.Select(issuer => new Uri(issuer.Issuer).GetLeftPart(UriPartial.Authority));
        // Swagger UI styles itself, shows pictures that it carries along, and asks the issuers for tokens.
        var page = $"default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src {string.Join(' ', issuers.Prepend("'self'"))}; frame-ancestors 'none'";
        app.Use((context, next) =>
        {
            var policy = context.Request.Path.StartsWithSegments("/swagger", StringComparison.OrdinalIgnoreCase) ? page : NothingAtAll;
            context.Response.OnStarting(() => Set(context.Response.Headers, policy, context.Request.IsHttps, mode));
            return next(context);
        });
    }

    private static Task Set(IHeaderDictionary headers, string policy, bool https, ClusterMode mode)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.ContentSecurityPolicy = policy;
        headers["Referrer-Policy"] = "no-referrer";
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
        if (https)
            headers.StrictTransportSecurity = "max-age=31536000";
        if (mode == ClusterMode.Embedded)
            headers["Gateway-Cluster"] = "embedded";
        return Task.CompletedTask;
    }
}
