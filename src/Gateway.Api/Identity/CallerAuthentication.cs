using System.Net;
using System.Security.Cryptography;
using System.Text;
using Gateway.Api.Errors;
using Gateway.Api.Observability;
using Microsoft.Extensions.Options;

namespace Gateway.Api.Identity;

/// <summary>
/// Finds out who is calling. A bearer goes to the mode that its issuer names and never falls back to another. What was found out
/// about a token holds a short while, and is kept under the token's hash.
/// </summary>
internal sealed class CallerAuthentication(
    IOptions<AuthenticationOptions> options, TokenReviews reviews, OidcTokens oidc, GatewayMetrics metrics, TimeProvider time)
{
    private const string Scheme = "Bearer ";
    private const int Tokens = 20_000;

    private readonly RecentAnswers<string, Caller?> _good = new(Tokens, time);
    private readonly RecentAnswers<string, bool> _bad = new(Tokens, time);

    /// <summary>Who is calling; ends the request with 401 when nobody can tell.</summary>
    public async ValueTask<Caller> IdentifyAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return Takes(AuthenticationModes.Anonymous) ? Caller.Anonymous : throw Unauthenticated("The request has no Authorization header.", invalid: false);
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            throw Unauthenticated("The Authorization header is not of the form: Bearer token.", invalid: true);
        var token = header[Scheme.Length..].Trim();
        context.Features.Set(new CallerLife(token));
        return await RecogniseAsync(context, token)
            ?? throw Unauthenticated("The bearer token is not good: it is made up, has expired, or is meant for another audience.", invalid: true);
    }

    private async ValueTask<Caller?> RecogniseAsync(HttpContext context, string token)
    {
        if (token.Length == 0 || token.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return null;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (_good.TryGet(hash, out var known))
            return known;
        if (_bad.TryGet(hash, out _))
            return null;
        // The check of a JWT belongs to its request, and ends with it; a review is one for all who wait.
        if (Takes(AuthenticationModes.Oidc) && oidc.IssuerOf(token) is { } issuer)
            return Remember(hash, token, Plain(await oidc.RecogniseAsync(token, issuer, context.RequestAborted)));
        if (!Takes(AuthenticationModes.Kubernetes))
            return null;
        var address = context.Connection.RemoteIpAddress;
        return await _good.GetAsync(hash, () => ReviewAsync(hash, token, address), LifeOf, context.RequestAborted);

        TimeSpan LifeOf(Caller? caller) => caller is null ? TimeSpan.Zero : Life(token);
    }

    private async Task<Caller?> ReviewAsync(string hash, string token, IPAddress? address)
    {
        var caller = Plain(await reviews.RecogniseAsync(token, hash, address));
        if (caller is null)
            _bad.Set(hash, true, options.Value.RememberFor);
        return caller;
    }

    private Caller? Remember(string hash, string token, Caller? caller)
    {
        if (caller is not null && Life(token) is { Ticks: > 0 } life)
            _good.Set(hash, caller, life);
        return caller;
    }

    private static Caller? Plain(Caller? caller) => caller is { IsPlain: true } ? caller : null;

    // Never beyond the token's own end, where it tells it.
    private TimeSpan Life(string token)
    {
        var remember = options.Value.RememberFor;
        var left = Jwt.EndOf(token) - time.GetUtcNow();
        return left < remember ? left.Value : remember;
    }

    private bool Takes(AuthenticationModes mode) => options.Value.Mode.HasFlag(mode);

    // https://www.rfc-editor.org/rfc/rfc6750#section-3
    private ProblemException Unauthenticated(string because, bool invalid)
    {
        metrics.Denied(invalid ? "invalid" : "missing");
        var how = Takes(AuthenticationModes.Kubernetes) ? $" Send one made for the audience {options.Value.Audience}." : "";
        return new(ProblemTypes.Unauthenticated.With(because + how) with { Challenge = $"Bearer realm=\"workload-gateway\"{(invalid ? ", error=\"invalid_token\"" : "")}" });
    }
}
