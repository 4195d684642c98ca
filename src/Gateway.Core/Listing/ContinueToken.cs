using System.Security.Cryptography;
using System.Text.Json;

namespace Gateway.Core.Listing;

/// <summary>
/// Where a page ended: the sort key, name and type of its last workload, not a number of rows, so that what comes and goes
/// between two pages moves nothing. It is opaque to callers and tied to the list that it came from.
/// </summary>
internal sealed record ContinueToken(string Key, string Name, string Type, string List)
{
    public override string ToString() =>
        Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(this)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>Reads a token; null when it is not one of this list.</summary>
    public static ContinueToken? Parse(string text, ListQuery query)
    {
        var base64 = text.Replace('-', '+').Replace('_', '/');
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='), bytes, out var length))
            return null;
        try
        {
            return JsonSerializer.Deserialize<ContinueToken>(bytes.AsSpan(0, length)) is { Key: not null, Name: not null, Type: not null } token
                && token.List == ListOf(query) ? token : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Stands for all that decides which workloads a list has and in which order.</summary>
    public static string ListOf(ListQuery query)
    {
        var parts = JsonSerializer.SerializeToUtf8Bytes(query with { Limit = 0 });
        return Convert.ToHexStringLower(SHA256.HashData(parts))[..16];
    }
}
