using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Embedded.Store;

namespace Gateway.Embedded.Access;

/// <summary>The key of the cluster's own tokens: https://www.rfc-editor.org/rfc/rfc7518#section-3.4</summary>
internal sealed class SigningKey
{
    private const int MostVerified = 1000;
    private readonly ECDsa pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ConcurrentDictionary<string, byte[]> verified = new();
    private readonly Lock gate = new();
    private readonly string id;
    private readonly string header;

    public SigningKey()
    {
        id = Base64Url.EncodeToString(SHA256.HashData(pair.ExportSubjectPublicKeyInfo()));
        header = Encode(new JsonObject { ["alg"] = "ES256", ["kid"] = id });
    }

    public string Sign(JsonObject claims)
    {
        var content = $"{header}.{Encode(claims)}";
        lock (gate)
        {
            var signature = pair.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256);
            return $"{content}.{Base64Url.EncodeToString(signature)}";
        }
    }

    /// <summary>The claims of a token that was signed by this key; null where it was not.</summary>
    public JsonObject? Verify(string token)
    {
        if (!verified.TryGetValue(token, out var claims)) claims = Look(token);
        return claims is null ? null : JsonSerializer.Deserialize<JsonObject>(claims);
    }

    public JsonObject ToPublicKeys()
    {
        var point = pair.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["use"] = "sig",
                ["kty"] = "EC",
                ["kid"] = id,
                ["crv"] = "P-256",
                ["alg"] = "ES256",
                ["x"] = Base64Url.EncodeToString(point.X),
                ["y"] = Base64Url.EncodeToString(point.Y),
            }),
        };
    }

    // Clients send the same token again and again; to verify it takes longer than to answer.
    private byte[]? Look(string token)
    {
        if (token.Split('.') is not [var head, var body, var end] || head != header || !Base64Url.IsValid(end)) return null;
        var (content, signature) = (Encoding.ASCII.GetBytes($"{head}.{body}"), Base64Url.DecodeFromChars(end));
        lock (gate)
        {
            if (!pair.VerifyData(content, signature, HashAlgorithmName.SHA256)) return null;
        }

        if (verified.Count >= MostVerified) verified.Clear();
        return verified[token] = Base64Url.DecodeFromChars(body);
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(part.ToUtf8());
}
