using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Api.Tests.Identity;

/// <summary>An OpenID Connect issuer on a port of its own.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    public const string Audience = "gateway";

    // Making a pair takes long: two that take turns, under ever new names, are as good as new ones.
    private readonly RSA[] _pairs = [RSA.Create(2048), RSA.Create(2048)];
    private readonly RSA _stranger = RSA.Create(2048);
    private readonly WebApplication _web;
    private RsaSecurityKey _key;
    private int _keyReads;
    private int _rotations;

    private TestIssuer()
    {
        _key = NewKey();
        _web = WebApplication.CreateSlimBuilder().Build();
        _web.Urls.Add("http://127.0.0.1:0");
        _web.MapGet("/.well-known/openid-configuration", () => new Dictionary<string, string> { ["issuer"] = Url, ["jwks_uri"] = $"{Url}/keys" });
        _web.MapGet("/keys", AnswerKeys);
    }

    public string Url => _web.Urls.First();

    /// <summary>How often somebody asked for its keys.</summary>
    public int KeyReads => Volatile.Read(ref _keyReads);

    /// <summary>Whether it shows its keys to nobody.</summary>
    public bool IsDown { get; set; }

    public static async Task<TestIssuer> StartAsync()
    {
        var issuer = new TestIssuer();
        await issuer._web.StartAsync();
        return issuer;
    }

    /// <summary>Signs with a new key from now on, and shows no other.</summary>
    public void Rotate()
    {
        _rotations++;
        _key = NewKey();
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
            SigningCredentials = new(forgedBy is null ? _key : new RsaSecurityKey(forgedBy) { KeyId = _key.KeyId }, SecurityAlgorithms.RsaSha256),
        });

    /// <summary>A token of jane with these claims, to the letter; by the issuer's key, or by one of that name which the issuer never had.</summary>
    public string Sign(JsonObject claims, string? strangersKey = null)
    {
        claims["iss"] = Url;
        claims["aud"] = Audience;
        claims["sub"] = "jane";
        var header = new JsonObject { ["alg"] = "RS256", ["kid"] = strangersKey ?? _key.KeyId };
        var pair = strangersKey is null ? _key.Rsa : _stranger;
        var content = $"{Encode(header)}.{Encode(claims)}";
        return $"{content}.{Base64UrlEncoder.Encode(pair.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private static string Encode(JsonObject part) => Base64UrlEncoder.Encode(part.ToJsonString());

    private RsaSecurityKey NewKey() => new(_pairs[_rotations % 2]) { KeyId = $"key-{_rotations}" };

    private IResult AnswerKeys()
    {
        Interlocked.Increment(ref _keyReads);
        return IsDown ? Results.NotFound() : Results.Json(new { keys = new[] { PublicKey() } });
    }

    private Dictionary<string, string> PublicKey()
    {
        var key = _key.Rsa.ExportParameters(includePrivateParameters: false);
        return new()
        {
            ["kty"] = "RSA",
            ["kid"] = _key.KeyId,
            ["use"] = "sig",
            ["alg"] = "RS256",
            ["n"] = Base64UrlEncoder.Encode(key.Modulus),
            ["e"] = Base64UrlEncoder.Encode(key.Exponent),
        };
    }
}
