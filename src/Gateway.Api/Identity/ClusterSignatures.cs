using Gateway.Api.Cluster;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Api.Identity;

/// <summary>
/// Tells by the cluster's published keys whether it made a token for one of its accounts, without asking it. Whether
/// the token still holds, and for whom it is meant, is for a review to say.
/// </summary>
internal sealed class ClusterSignatures(ClusterReviews reviews, TimeProvider time, ILogger<ClusterSignatures> log)
{
    private readonly JsonWebTokenHandler _handler = new();
    private readonly SigningKeys _keys = new("the cluster", () => ReadKeysAsync(reviews), time, log);

    /// <summary>What a token's signature proves.</summary>
    public async Task<ClusterSignature> CheckAsync(JsonWebToken token)
    {
        if (await FindKeyAsync(token.Kid) is not { } key)
            return ClusterSignature.Unknown;
        var result = await _handler.ValidateTokenAsync(token, SignatureOnly(key));
        return result.IsValid ? ClusterSignature.Genuine : ClusterSignature.Forged;
    }

    private static async Task<IEnumerable<SecurityKey>> ReadKeysAsync(ClusterReviews reviews) =>
        new JsonWebKeySet(await reviews.TokenKeysAsync()).GetSigningKeys();

    private async Task<SecurityKey?> FindKeyAsync(string id)
    {
        if (string.IsNullOrEmpty(id) || await _keys.GetAsync(CancellationToken.None) is not { } known)
            return null;
        return Named(known) ?? Named(await _keys.GetNewerAsync(known, CancellationToken.None) ?? []);

        SecurityKey? Named(IReadOnlyList<SecurityKey> keys) => keys.FirstOrDefault(key => key.KeyId == id);
    }

    private static TokenValidationParameters SignatureOnly(SecurityKey key) => new()
    {
        IssuerSigningKey = key,
        ValidAlgorithms = Jwt.Algorithms,
        ValidateIssuer = false,
        ValidateAudience = false,
        ValidateLifetime = false,
    };
}

/// <summary>What the signature of a token proves.</summary>
internal enum ClusterSignature
{
    /// <summary>Nothing: by a key that the cluster does not show, or the cluster shows none.</summary>
    Unknown,

    /// <summary>The cluster made the token.</summary>
    Genuine,

    /// <summary>The token names a key of the cluster that did not sign it.</summary>
    Forged,
}
