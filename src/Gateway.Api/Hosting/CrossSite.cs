using Gateway.Api.Errors;
using Gateway.Api.Identity;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Gateway.Api.Hosting;

/// <summary>
/// Keeps pages of other sites from having a browser change something here. They can where callers send no credentials;
/// a token no browser sends by itself. What they read they cannot see, since no answer says that they may.
/// </summary>
internal static class CrossSite
{
    /// <summary>
    /// Refuses what changes something and comes from another site, or has a type of body that browsers send anywhere
    /// without asking before.
    /// </summary>
    public static void UseCrossSiteProtection(this WebApplication app)
    {
        var hosts = app.ConfiguredHosts();
        app.Use((context, next) =>
        {
            if (context.GetEndpoint() is not RouteEndpoint || IsRead(context.Request.Method))
                return next(context);
            var anonymous = context.Features.Get<Caller>() is { Mode: AuthenticationModes.Anonymous };
            if (anonymous && !IsOwn(context.Request, hosts))
                throw new ProblemException(ProblemTypes.CrossSiteRequest.With(
                    "Nobody can know whether who looks at that page meant it: send it from elsewhere, or with a token."));
            if (HasOtherBody(context))
                throw new ProblemException(ProblemTypes.UnsupportedMediaType.With(
                    "Send the body as Content-Type: application/json."));
            return next(context);
        });
    }

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    // As Go's net/http has it (https://pkg.go.dev/net/http#CrossOriginProtection): browsers say where a request comes
    // from by Sec-Fetch-Site, those that do not trust the connection by Origin alone; all others say neither.
    private static bool IsOwn(HttpRequest request, IList<StringSegment> hosts)
    {
        var (site, origin) = (request.Headers["Sec-Fetch-Site"].ToString(), request.Headers.Origin);
        if (site is "same-origin" or "none" || (site.Length == 0 && origin.Count == 0))
            return true;
        if (!Uri.TryCreate(origin.ToString(), UriKind.Absolute, out var page))
            return false;
        return hosts.Have(page.Host) || (site.Length == 0 && IsSame(page, request.Host));
    }

    // The scheme is a proxy's to know; it says which port may be left out.
    private static bool IsSame(Uri page, HostString host) =>
        Uri.TryCreate($"{page.Scheme}://{host.Value}", UriKind.Absolute, out var own)
        && page.Authority.Equals(own.Authority, StringComparison.OrdinalIgnoreCase);

    // Over HTTP/2 a body that is empty may only turn out to be so when it is read.
    private static bool HasOtherBody(HttpContext context)
    {
        var request = context.Request;
        var may = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is true;
        return (request.ContentLength > 0 || (may && request.ContentType is not null)) && !request.HasJsonContentType();
    }
}
