using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Api.Tests.Identity;

/// <summary>An OpenID Connect issuer on a port of its own.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    public const string Audience = "gateway";

    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "one" };
    private readonly WebApplication _web;

    private TestIssuer()
    {
        _web = WebApplication.CreateSlimBuilder().Build();
        _web.Urls.Add("http://127.0.0.1:0");
        _web.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, string> { ["issuer"] = Url, ["jwks_uri"] = $"{Url}/keys" }));
        _web.MapGet("/keys", () => Results.Json(new { keys = new[] { PublicKey() } }));
    }

    public string Url => _web.Urls.First();

    public static async Task<TestIssuer> StartAsync()
    {
        var issuer = new TestIssuer();
        await issuer._web.StartAsync();
        return issuer;
    }

    /// <summary>A token of a person, good for ten minutes, unless said otherwise.</summary>
    public string Token(DateTimeOffset now, Dictionary<string, object> claims, string audience = Audience, string? issuer = null, RSA? forgedBy = null, TimeSpan? life = null) =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Url,
            Audience = audience,
            Claims = claims,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime - TimeSpan.FromHours(1),
            Expires = (now + (life ?? TimeSpan.FromMinutes(10))).UtcDateTime,
            SigningCredentials = new(forgedBy is null ? _key : new RsaSecurityKey(forgedBy) { KeyId = "one" }, SecurityAlgorithms.RsaSha256),
        });

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private Dictionary<string, string> PublicKey()
    {
        var key = _key.Rsa.ExportParameters(includePrivateParameters: false);
        return new() { ["kty"] = "RSA", ["kid"] = "one", ["use"] = "sig", ["alg"] = "RS256", ["n"] = Base64UrlEncoder.Encode(key.Modulus), ["e"] = Base64UrlEncoder.Encode(key.Exponent) };
    }
}
