using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Api.Identity;

/// <summary>What a JWT says of itself, which is proof of nothing.</summary>
internal static class Jwt
{
    /// <summary>Signatures by a key that the issuer alone has.</summary>
    public static readonly IReadOnlyList<string> Algorithms =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>The token as a JWT; null when it is none.</summary>
    public static JsonWebToken? Read(string token)
    {
        try
        {
            return new JsonWebToken(token);
        }
        // A stranger's text: whatever is wrong with it, it is no token.
        catch (Exception e) when (IsUnreadable(e))
        {
            return null;
        }
    }

    /// <summary>When a token says that it ends; null when it does not say so.</summary>
    public static DateTimeOffset? EndOf(string token) =>
        Read(token) is { ValidTo: { Ticks: > 0 } end } ? new(end, TimeSpan.Zero) : null;

    private static bool IsUnreadable(Exception e) =>
        e is ArgumentException or FormatException or OverflowException or SecurityTokenException or JsonException;
}
