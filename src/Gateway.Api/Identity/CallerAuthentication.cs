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
internal sealed class CallerAuthentication(IOptions<AuthenticationOptions> options, TokenReviews reviews, OidcTokens oidc, FailedAttempts failures, GatewayMetrics metrics, TimeProvider time) : IDisposable
{
    private const string Scheme = "Bearer ";
    private const int Tokens = 20_000;

    // So many unknown tokens are looked at at once; whoever waits may find the door shut.
    private const int AtOnce = 16;

    // A token that was good is looked at again even where too many others failed.
    private static readonly TimeSpan Welcome = TimeSpan.FromHours(1);

    private readonly RecentAnswers<string, Caller?> _good = new(Tokens, time);
    private readonly RecentAnswers<string, bool> _bad = new(Tokens, time);
    private readonly RecentAnswers<string, bool> _welcome = new(Tokens, time);
    private readonly SemaphoreSlim _places = new(AtOnce);

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

    public void Dispose() => _places.Dispose();

    private async ValueTask<Caller?> RecogniseAsync(HttpContext context, string token)
    {
        if (token.Length == 0 || token.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return null;
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (_good.TryGet(key, out var known))
            return known;
        if (_bad.TryGet(key, out _))
            return null;
        var address = context.Connection.RemoteIpAddress;
        var issuer = Takes(AuthenticationModes.Oidc) ? oidc.IssuerOf(token) : null;
        // The check of a JWT belongs to its request, and ends with it; a review is one for all who wait, and one of few at once.
        if (issuer is not null)
            return await LookAsync(key, address, () => OidcTokens.RecogniseAsync(context, issuer)) is { } caller ? Remember(key, token, caller) : null;
        return Takes(AuthenticationModes.Kubernetes)
            ? await _good.GetAsync(key, () => ReviewAsync(key, token, address), caller => caller is null ? TimeSpan.Zero : Life(token), context.RequestAborted)
            : null;
    }

    private async Task<Caller?> ReviewAsync(string key, string token, IPAddress? address)
    {
        RefuseTooMany(key, address);
        await _places.WaitAsync();
        try
        {
            return await LookAsync(key, address, () => reviews.RecogniseAsync(token));
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<Caller?> LookAsync(string key, IPAddress? address, Func<Task<Caller?>> recognise)
    {
        RefuseTooMany(key, address);
        if (await recognise() is not { IsPlain: true } caller)
            return Refuse(key, address);
        _welcome.Set(key, true, Welcome);
        return caller;
    }

    private Caller? Refuse(string key, IPAddress? address)
    {
        failures.Note(address);
        _welcome.Remove(key);
        _bad.Set(key, true, options.Value.RememberFor);
        return null;
    }

    private Caller Remember(string key, string token, Caller caller)
    {
        if (Life(token) is { Ticks: > 0 } life)
            _good.Set(key, caller, life);
        return caller;
    }

    // Never beyond the token's own end, where it tells it.
    private TimeSpan Life(string token)
    {
        var remember = options.Value.RememberFor;
        var left = OidcTokens.EndOf(token) - time.GetUtcNow();
        return left < remember ? left.Value : remember;
    }

    private void RefuseTooMany(string key, IPAddress? address)
    {
        if (_welcome.TryGet(key, out _) || failures.Wait(address) is not { } wait)
            return;
        metrics.Denied("throttled");
        throw new ProblemException(ProblemTypes.TooManyRequests.With("Too many tokens from this address were not good.") with { RetryAfter = wait });
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
