using System.Security.Claims;
using Gateway.Api.Errors;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Api.Identity;

/// <summary>Recognises callers by JWTs of the configured issuers.</summary>
internal sealed class OidcTokens : IDisposable
{
    private const int LargestAnswer = 1024 * 1024;

    // Kubernetes' own names, and the gateway's own.
    private static readonly string[] Reserved = ["system:", "workload-gateway:"];
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly HttpClient _http = new()
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = LargestAnswer,
    };

    private readonly Dictionary<string, (OidcIssuer Issuer, SigningKeys Keys)> _issuers;
    private readonly TimeProvider _time;

    public OidcTokens(IOptions<AuthenticationOptions> options, TimeProvider time, ILogger<OidcTokens> log)
    {
        _time = time;
        _issuers = options.Value.Oidc.ToDictionary(
            issuer => issuer.Issuer,
            issuer => (issuer, new SigningKeys(issuer.Issuer, () => ReadKeysAsync(issuer), time, log)));
    }

    /// <summary>The issuer that a token names, unproven; null when it is none of ours.</summary>
    public OidcIssuer? IssuerOf(string token) =>
        Jwt.Read(token) is { } jwt && _issuers.TryGetValue(jwt.Issuer, out var found) ? found.Issuer : null;

    /// <summary>Who a token of the issuer speaks for; null when it is not good.</summary>
    public async Task<Caller?> RecogniseAsync(string token, OidcIssuer issuer, CancellationToken cancellationToken)
    {
        var keys = _issuers[issuer.Issuer].Keys;
        // Without the issuer's keys every token looks forged: that is the issuer's fault, not the caller's.
        var known = await keys.GetAsync(cancellationToken) ?? throw Unavailable(issuer);
        var result = await _handler.ValidateTokenAsync(token, Rules(issuer, known));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            var newer = await keys.GetNewerAsync(known, cancellationToken) ?? throw Unavailable(issuer);
            result = await _handler.ValidateTokenAsync(token, Rules(issuer, newer));
        }

        return result.IsValid ? ToCaller(result.ClaimsIdentity, issuer) : null;
    }

    public void Dispose() => _http.Dispose();

    private async Task<IEnumerable<SecurityKey>> ReadKeysAsync(OidcIssuer issuer)
    {
        var address = $"{issuer.Issuer.TrimEnd('/')}/.well-known/openid-configuration";
        var documents = new HttpDocumentRetriever(_http) { RequireHttps = !issuer.AllowHttp };
        var found = await OpenIdConnectConfigurationRetriever.GetAsync(address, documents, CancellationToken.None);
        return found.SigningKeys;
    }

    private TokenValidationParameters Rules(OidcIssuer issuer, IReadOnlyList<SecurityKey> keys) => new()
    {
        ValidIssuer = issuer.Issuer,
        ValidAudience = issuer.Audience,
        ValidAlgorithms = Jwt.Algorithms,
        IssuerSigningKeys = keys,
        LifetimeValidator = (notBefore, expires, _, _) => Lives(notBefore, expires, _time.GetUtcNow().UtcDateTime),
    };

    // A token may name any time there is, so that nothing is added to it or taken from it.
    private static bool Lives(DateTime? notBefore, DateTime? expires, DateTime now) =>
        expires > now - Skew && !(notBefore > now + Skew);

    // As API servers do it:
    // https://kubernetes.io/docs/reference/access-authn-authz/authentication/#openid-connect-tokens
    private static Caller? ToCaller(ClaimsIdentity claims, OidcIssuer issuer)
    {
        var name = claims.FindFirst(issuer.UsernameClaim)?.Value;
        if (string.IsNullOrEmpty(name) || (issuer.UsernameClaim == "email" && IsUnverified(claims)))
            return null;
        var caller = new Caller
        {
            Username = issuer.UsernamePrefix + name,
            Mode = AuthenticationModes.Oidc,
            Groups = [.. claims.FindAll(issuer.GroupsClaim).Select(claim => issuer.GroupsPrefix + claim.Value)],
        };
        return caller.Groups.Prepend(caller.Username).Any(IsReserved) ? null : caller;
    }

    private static bool IsUnverified(ClaimsIdentity claims) =>
        claims.FindFirst("email_verified") is { } verified
        && !verified.Value.Equals("true", StringComparison.OrdinalIgnoreCase);

    private static bool IsReserved(string text) =>
        Reserved.Any(prefix => text.StartsWith(prefix, StringComparison.Ordinal));

    private static ProblemException Unavailable(OidcIssuer issuer)
    {
        var because = $"The issuer {issuer.Issuer} cannot be reached, so that its tokens cannot be checked.";
        return new(ProblemTypes.AuthenticationUnavailable.With(because) with { RetryAfter = TimeSpan.FromSeconds(5) });
    }
}
