using System.Security.Claims;
using Gateway.Api.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Api.Identity;

/// <summary>Recognises callers by JWTs of the configured issuers, each a scheme of its own that bears the issuer's name.</summary>
internal sealed class OidcTokens(IOptions<AuthenticationOptions> options)
{
    // Kubernetes' own names, and the gateway's own.
    private static readonly string[] Reserved = ["system:", "workload-gateway:"];
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    // Signatures by a key that the issuer alone has.
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>The issuer that a token names, unproven; null when it is none of ours.</summary>
    public OidcIssuer? IssuerOf(string token) => Read(token) is { } jwt ? options.Value.Oidc.FirstOrDefault(issuer => issuer.Issuer == jwt.Issuer) : null;

    /// <summary>When a token says that it ends; null when it does not say so.</summary>
    public static DateTimeOffset? EndOf(string token) => Read(token) is { ValidTo: { Ticks: > 0 } end } ? new(end, TimeSpan.Zero) : null;

    /// <summary>Who the request's token speaks for; null when it is not good.</summary>
    public static async Task<Caller?> RecogniseAsync(HttpContext context, OidcIssuer issuer)
    {
        await RequireKeysAsync(context, issuer);
        var result = await context.AuthenticateAsync(issuer.Issuer);
        return result.Succeeded ? ToCaller(result.Principal, issuer) : null;
    }

    /// <summary>Sets a scheme up for its issuer.</summary>
    public static void Configure(JwtBearerOptions jwt, OidcIssuer issuer, TimeProvider time)
    {
        jwt.Authority = issuer.Issuer;
        jwt.RequireHttpsMetadata = !issuer.AllowHttp;
        jwt.BackchannelTimeout = TimeSpan.FromSeconds(5);
        jwt.MapInboundClaims = false;
        jwt.TokenValidationParameters = new()
        {
            ValidIssuer = issuer.Issuer,
            ValidAudience = issuer.Audience,
            ValidAlgorithms = Algorithms,
            RequireExpirationTime = true,
            LifetimeValidator = (notBefore, expires, _, _) => Lives(notBefore, expires, time.GetUtcNow().UtcDateTime),
        };
    }

    // Without the issuer's keys every token looks forged: that is the issuer's fault, not the caller's.
    private static async Task RequireKeysAsync(HttpContext context, OidcIssuer issuer)
    {
        var scheme = context.RequestServices.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>().Get(issuer.Issuer);
        try
        {
            await scheme.ConfigurationManager!.GetConfigurationAsync(context.RequestAborted);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or HttpRequestException or TaskCanceledException && !context.RequestAborted.IsCancellationRequested)
        {
            throw Unavailable(issuer, e);
        }
    }

    private static JsonWebToken? Read(string token)
    {
        try
        {
            return new JsonWebToken(token);
        }
        // A stranger's text: whatever is wrong with it, it is no token.
        catch (Exception e) when (e is ArgumentException or FormatException or SecurityTokenException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static bool Lives(DateTime? notBefore, DateTime? expires, DateTime now) => expires is not null && now < expires + Skew && (notBefore is null || now > notBefore - Skew);

    // As API servers do it: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#openid-connect-tokens
    private static Caller? ToCaller(ClaimsPrincipal claims, OidcIssuer issuer)
    {
        var name = claims.FindFirstValue(issuer.UsernameClaim);
        if (string.IsNullOrEmpty(name) || (issuer.UsernameClaim == "email" && claims.FindFirstValue("email_verified") is { } verified && !verified.Equals("true", StringComparison.OrdinalIgnoreCase)))
            return null;
        var caller = new Caller
        {
            Username = issuer.UsernamePrefix + name,
            Mode = AuthenticationModes.Oidc,
            Groups = [.. claims.FindAll(issuer.GroupsClaim).Select(claim => issuer.GroupsPrefix + claim.Value)],
        };
        return caller.Groups.Prepend(caller.Username).Any(text => Reserved.Any(prefix => text.StartsWith(prefix, StringComparison.Ordinal))) ? null : caller;
    }

    private static ProblemException Unavailable(OidcIssuer issuer, Exception cause) =>
        new(ProblemTypes.AuthenticationUnavailable.With($"The issuer {issuer.Issuer} cannot be reached, so that its tokens cannot be checked.") with { RetryAfter = TimeSpan.FromSeconds(5) }, cause);
}
