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
        // Swagger UI styles itself, shows pictures that it carries along, and asks the issuers for tokens, wherever they give them.
        var issuers = app.Services.GetRequiredService<IOptions<AuthenticationOptions>>().Value.SignIns().Any() ? " https:" : "";
        var page = $"default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'{issuers}; frame-ancestors 'none'";
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
